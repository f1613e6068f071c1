/**
 * What we need of a media playlist (RFC 8216): which files it names, and how long each is.
 * One rendition, whole-file segments, only relative URLs; anything else is a problem.
 */

export interface PlaylistSegment {
  readonly uri: string;
  readonly seconds: number;
}

export interface Playlist {
  /** The initialisation segment of fMP4. */
  readonly map: string | null;
  readonly segments: readonly PlaylistSegment[];
  /** Chinese sentences; empty when the playlist is as we want it. */
  readonly problems: readonly string[];
}

const FORBIDDEN: readonly (readonly [string, string])[] = [
  ["#EXT-X-BYTERANGE", "播放列表用了 BYTERANGE，每一段要是一个完整的文件"],
  ["#EXT-X-STREAM-INF", "播放列表里有多种清晰度，只能有一种"],
  ["#EXT-X-KEY", "播放列表是加密的"],
];

const RELATIVE = /^[a-z0-9_-][a-z0-9._-]*(\/[a-z0-9_-][a-z0-9._-]*)*$/;

function quoted(line: string, name: string): string | null {
  const at = line.indexOf(`${name}="`);
  return at < 0 ? null : (line.slice(at + name.length + 2).split('"')[0] ?? null);
}

function frameProblems(lines: readonly string[]): string[] {
  const problems: string[] = [];
  if (lines[0] !== "#EXTM3U") problems.push("播放列表的第一行不是 #EXTM3U");
  if (!lines.includes("#EXT-X-ENDLIST")) problems.push("播放列表没有写完（缺 #EXT-X-ENDLIST）");
  for (const [tag, text] of FORBIDDEN) {
    if (lines.some((line) => line.startsWith(tag))) problems.push(text);
  }
  if (lines.some((line) => line.startsWith("#EXT-X-MAP") && line.includes("BYTERANGE="))) {
    problems.push("播放列表用了 BYTERANGE，每一段要是一个完整的文件");
  }
  return problems;
}

function segmentsOf(lines: readonly string[]): PlaylistSegment[] {
  const segments: PlaylistSegment[] = [];
  let seconds = 0;
  for (const line of lines) {
    if (line.startsWith("#EXTINF:")) seconds = Number.parseFloat(line.slice(8)) || 0;
    else if (!line.startsWith("#")) segments.push({ uri: line, seconds });
  }
  return segments;
}

export function readPlaylist(text: string): Playlist {
  const trimmed = text.split(/\r?\n/).map((line) => line.trim());
  const lines = trimmed.filter((line) => line !== "");
  const mapLine = lines.find((line) => line.startsWith("#EXT-X-MAP:"));
  const map = mapLine === undefined ? null : quoted(mapLine, "URI");
  const segments = segmentsOf(lines);
  const uris = [...(map === null ? [] : [map]), ...segments.map(({ uri }) => uri)];
  const problems = frameProblems(lines);
  if (segments.length === 0) problems.push("播放列表里一段也没有");
  for (const uri of uris) {
    if (!RELATIVE.test(uri)) problems.push(`播放列表只能写本课件里的相对路径：${uri}`);
  }
  return { map, segments, problems };
}

/** Every file that a playlist at `path` needs, as paths in the package. */
export function filesOfPlaylist(path: string, { map, segments }: Playlist): string[] {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  const uris = [...(map === null ? [] : [map]), ...segments.map(({ uri }) => uri)];
  return uris.map((uri) => `${folder}${uri}`);
}
