// Keeps one version of the site for use without a network. A page that was opened with a version
// keeps it; a new one takes over when no page of the old one is left, so that versions never mix.

/** @type {{ version: string, files: string[] }} */
const { version, files } = /** @type {any} */ (self).DOWNHILL;
const worker = /** @type {any} */ (self);
const NAME = `downhill-${version}`;

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keep()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(forgetOthers()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  if (event.request.method === "GET" && new URL(event.request.url).origin === location.origin) {
    event.respondWith(answer(event.request));
  }
});

/** All files or none: a version with a part missing is not installed. */
async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll(files.map((file) => new Request(file, { cache: "reload" })));
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("downhill-") && name !== NAME).map((name) => caches.delete(name)));
}

/** @param {Request} request */
async function answer(request) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request, { ignoreSearch: true });
  return kept ?? fetch(request);
}
