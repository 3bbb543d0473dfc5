// Stores one version of the site for offline use. A page keeps the version with which it was
// opened; a new version takes over when no page of the old one is open, so that versions never mix.

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

/** Stores all files or none: an incomplete version is not installed. */
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
