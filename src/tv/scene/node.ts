/**
 * What a screen looks like, as plain data: rectangles, texts and pictures with absolute places on
 * a design of 1920 × 1080. Screens are pure functions to these; only the painter beside this knows
 * Lightning. So a test can measure every text of every screen without a browser.
 */
export interface RectNode {
  readonly kind: "rect";
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly colour: number;
  readonly radius?: number;
}

/** A frame without a filling. */
export interface FrameNode {
  readonly kind: "frame";
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly colour: number;
  readonly width: number;
  readonly radius: number;
}

export interface TextNode {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  /** The text wraps, and is never drawn, beyond this. */
  readonly w: number;
  readonly text: string;
  readonly size: number;
  readonly colour: number;
  readonly bold?: boolean;
  readonly align?: "left" | "center" | "right";
  /** At most so many lines, then …; 1 when missing. */
  readonly lines?: number;
  readonly lineHeight?: number;
}

export interface PictureNode {
  readonly kind: "picture";
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly url: string;
}

export type SceneNode = RectNode | FrameNode | TextNode | PictureNode;
export type Scene = readonly SceneNode[];
