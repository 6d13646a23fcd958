// <form data-guard-unsaved>: the browser asks before a half-filled form is left.
const changed = new Set();

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-guard-unsaved]");
  if (form) changed.add(form);
});

document.addEventListener("submit", ({ target }) => changed.delete(target));

window.addEventListener("beforeunload", (event) => {
  changed.forEach((form) => form.isConnected || changed.delete(form));
  if (changed.size) event.preventDefault();
});
