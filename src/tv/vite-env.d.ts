/** What Vite resolves at build time. */
declare module "*?url" {
  const url: string;
  // biome-ignore lint/style/noDefaultExport: so Vite gives it.
  export default url;
}
