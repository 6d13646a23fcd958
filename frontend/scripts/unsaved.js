// <form data-guard-unsaved>: the browser asks before a half-filled form is left.
const changed = new Set();
const typed = new Set();

// Whether anything on the page would be lost by loading it again.
export const hasTyping = () => [...typed].some((form) => form.isConnected);

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form:not(dialog form)");
  if (form) typed.add(form);
  if (form?.matches("[data-guard-unsaved]")) changed.add(form);
});

document.addEventListener("submit", ({ target }) => changed.delete(target));

window.addEventListener("beforeunload", (event) => {
  changed.forEach((form) => form.isConnected || changed.delete(form));
  if (changed.size) event.preventDefault();
});
