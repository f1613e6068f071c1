/**
 * The settings of hls.js that keep a weak box alive: its defaults hold the whole film in memory.
 */
import type { HlsConfig } from "hls.js";

const LOCAL_LOAD = {
  default: {
    maxTimeToFirstByteMs: 8000,
    maxLoadTimeMs: 20_000,
    timeoutRetry: { maxNumRetry: 1, retryDelayMs: 0, maxRetryDelayMs: 0 },
    errorRetry: { maxNumRetry: 1, retryDelayMs: 500, maxRetryDelayMs: 500 },
  },
};

export const HLS_SETTINGS: Partial<HlsConfig> = {
  workerPath: "hls.worker.js",
  maxBufferLength: 20,
  maxMaxBufferLength: 30,
  maxBufferSize: 12e6,
  backBufferLength: 16,
  startLevel: 0,
  testBandwidth: false,
  manifestLoadPolicy: LOCAL_LOAD,
  playlistLoadPolicy: LOCAL_LOAD,
  fragLoadPolicy: LOCAL_LOAD,
};
