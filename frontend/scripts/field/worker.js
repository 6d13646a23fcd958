// Opens 走访 without a network: blank forms and the outbox from the phone, everything else from the network first.
// It stores nothing itself but scripts and styles that changed; pages that name people are never kept.
const SHELL = "field-shell", FORMS = "field-forms", OUTBOX = "offline/";

async function asset(request) {
  const cache = await caches.open(SHELL);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch {
    return (await cache.match(request)) ?? Response.error();
  }
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    const form = await (await caches.open(FORMS)).match(request, { ignoreSearch: true });
    return form ?? (await (await caches.open(SHELL)).match(new URL(OUTBOX, self.registration.scope).pathname)) ?? Response.error();
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (/\.(css|js|svg|woff2)$/.test(new URL(request.url).pathname)) event.respondWith(asset(request));
});
