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

  /** Of the page's own canvas, as Lightning wants it: making graphics twice takes twice as long. */
  function hasWebGl() {
    var canvas = document.getElementById("canvas");
    var wish = {
      alpha: true,
      antialias: false,
      premultipliedAlpha: true,
      stencil: true,
      preserveDrawingBuffer: false,
    };
    try {
      return (
        (canvas.getContext("webgl", wish) || canvas.getContext("experimental-webgl", wish)) !== null
      );
    } catch (error) {
      return false;
    }
  }

  function tooOld(agent) {
    var major = majorOf(agent);
    if (major === null || major >= MAJOR_MIN) return null;
    return (
      "这台盒子的浏览组件太旧（" + major + " 版），要 " + MAJOR_MIN + " 版以上。" +
      "请告诉县里：升级系统 WebView。"
    );
  }

  /** A graphics chip that crashed may come back. */
  var AGAIN_MS = 30000;

  function say(words) {
    var place = document.getElementById("words");
    place.textContent = words;
    place.style.display = "block";
  }

  function begin() {
    var words = tooOld(navigator.userAgent);
    if (words !== null) return say(words);
    // The graphics make themselves ready while the page's script is read.
    if (hasWebGl()) return;
    say("这台盒子画不出画面。请告诉县里：打开显卡加速（WebGL）。");
    if (typeof location !== "object") return;
    setTimeout(function () {
      location.reload();
    }, AGAIN_MS);
  }

  begin();
})();
