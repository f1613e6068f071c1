/**
 * The engine floor, in words that every browser can run: what is older than this cannot even read
 * the page's script. Loaded before it, alone, and written in ES5 for that reason.
 */
(function () {
  "use strict";

  /** docs/tv.md, "How it is built". */
  var MAJOR_MIN = 73;

  function majorOf(agent) {
    var found = /Chrom(?:e|ium)\/(\d+)/.exec(agent);
    return found === null ? null : Number(found[1]);
  }

  function hasWebGl() {
    var canvas = document.createElement("canvas");
    try {
      return (canvas.getContext("webgl") || canvas.getContext("experimental-webgl")) !== null;
    } catch (error) {
      return false;
    }
  }

  function wordsFor(agent) {
    var major = majorOf(agent);
    if (major !== null && major < MAJOR_MIN) {
      return (
        "这台盒子的浏览组件太旧(" + major + " 版),要 " + MAJOR_MIN + " 版以上。" +
        "请告诉县里:升级系统 WebView。"
      );
    }
    return hasWebGl() ? null : "这台盒子画不出画面。请告诉县里:打开显卡加速(WebGL)。";
  }

  /** A graphics chip that crashed may come back. */
  var AGAIN_MS = 30000;

  var words = wordsFor(navigator.userAgent);
  if (words === null) return;
  if (words.indexOf("WebGL)") > 0 && typeof location === "object") {
    setTimeout(function () {
      location.reload();
    }, AGAIN_MS);
  }
  document.addEventListener("DOMContentLoaded", function () {
    var place = document.getElementById("words");
    place.textContent = words;
    place.style.display = "block";
  });
})();
