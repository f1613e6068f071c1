import { expect, test } from "vitest";
import { filesOfPlaylist, readPlaylist } from "../../../media-cache/playlist.ts";

const GOOD = [
  "#EXTM3U",
  "#EXT-X-VERSION:7",
  '#EXT-X-MAP:URI="init.mp4"',
  "#EXTINF:6.000000,",
  "seg-000.m4s",
  "#EXTINF:2.5,a title",
  "seg-001.m4s",
  "#EXT-X-ENDLIST",
];

test("a playlist of our packer is read whole, whatever its line ends", () => {
  for (const end of ["\n", "\r\n"]) {
    const playlist = readPlaylist(GOOD.join(end));
    expect(playlist).toEqual({
      map: "init.mp4",
      segments: [
        { uri: "seg-000.m4s", seconds: 6 },
        { uri: "seg-001.m4s", seconds: 2.5 },
      ],
      problems: [],
    });
    expect(filesOfPlaylist("video/index.m3u8", playlist)).toEqual([
      "video/init.mp4",
      "video/seg-000.m4s",
      "video/seg-001.m4s",
    ]);
  }
});

test.each([
  "http://example.org/a.m4s",
  "//example.org/a.m4s",
  "/a.m4s",
  "../a.m4s",
  "a/../../b.m4s",
  "a.m4s?x=1",
  "data:video/mp4;base64,AAAA",
  "A.M4S",
])("%s is no path of a lesson", (uri) => {
  const { problems } = readPlaylist(GOOD.join("\n").replace("seg-001.m4s", uri));
  expect(problems).toEqual([expect.stringContaining(uri)]);
});

test("an absolute initialisation segment is found too", () => {
  const text = GOOD.join("\n").replace("init.mp4", "https://example.org/init.mp4");
  expect(readPlaylist(text).problems).toHaveLength(1);
});

test.each([
  ["#EXTM3U", "", 1],
  ["#EXT-X-ENDLIST", "", 1],
  ["#EXT-X-VERSION:7", "#EXT-X-BYTERANGE:100@0", 1],
  ["#EXT-X-VERSION:7", "#EXT-X-STREAM-INF:BANDWIDTH=1", 1],
  ["#EXT-X-VERSION:7", '#EXT-X-KEY:METHOD=AES-128,URI="k"', 1],
  ['URI="init.mp4"', 'URI="init.mp4",BYTERANGE="9@0"', 1],
])("a playlist with %s replaced by %s is not ours", (from, to, count) => {
  expect(readPlaylist(GOOD.join("\n").replace(from, to)).problems).toHaveLength(count);
});

test("nothing at all is no playlist", () => {
  expect(readPlaylist("").problems.length).toBeGreaterThan(0);
});
