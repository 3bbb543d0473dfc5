/** Files that the bundler puts into the program. */
declare module "*.css" {
  const text: string;
  export default text;
}
declare module "*.woff2" {
  const address: string;
  export default address;
}
declare module "*.wasm" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
