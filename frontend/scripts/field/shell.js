// Keeps on the phone what opens without a network: scripts, styles, the outbox and the blank forms. None names anybody.
const SHELL = "field-shell", FORMS = "field-forms", LIST = "field-forms-list";

async function keep(cache, address) {
  const response = await fetch(address);
  if (response.ok && !response.redirected) await cache.put(address, response);
}

export function formsKept() {
  return JSON.parse(localStorage.getItem(LIST) ?? "[]");
}

async function forget(user) {
  if (localStorage.getItem("field-user") === user) return;
  await Promise.all([caches.delete(SHELL), caches.delete(FORMS)]);
  localStorage.removeItem(LIST);
  localStorage.setItem("field-user", user);
}

export async function keepShell(app) {
  if (!("serviceWorker" in navigator) || !window.isSecureContext || !navigator.onLine) return;
  try {
    await forget(app.dataset.fieldUser);
    await navigator.serviceWorker.register(app.dataset.fieldWorker, { scope: new URL(".", new URL(app.dataset.fieldWorker, location.href)).pathname });
    const assets = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map((link) => link.href);
    const scripts = [...document.querySelectorAll("script[src]")].map((script) => script.src);
    const icons = document.querySelector("svg.icon use")?.getAttribute("href").split("#")[0];
    const shell = await caches.open(SHELL);
    for (const address of [app.dataset.fieldOutbox, ...assets, ...scripts, ...(icons ? [icons] : [])]) await keep(shell, address);
    await keepForms();
    app.dataset.fieldReady = "yes";
  } catch {
    // Storage may be full or forbidden: everything still works with a network.
  }
}

async function keepForms() {
  const links = [...document.querySelectorAll("[data-field-form]")];
  if (!links.length) return;
  const forms = links.map((link) => ({ url: link.dataset.fieldForm, title: link.dataset.fieldTitle }));
  await caches.delete(FORMS);
  const cache = await caches.open(FORMS);
  for (const { url } of forms.slice(0, 30)) await keep(cache, url);
  localStorage.setItem(LIST, JSON.stringify(forms.slice(0, 30)));
}
