// Theme and elder version. Without this script the same form posts to the server, which sets the same cookie;
// with it the page changes at once, so nothing typed is lost by a reload.
const root = document.documentElement;

const apply = {
  theme: (value) => (value === "auto" ? delete root.dataset.theme : (root.dataset.theme = value)),
  elder: (value) => root.classList.toggle("elder", value === "1"),
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-preference]");
  const button = event.submitter;
  if (!form || !button) return;
  event.preventDefault();
  const name = form.dataset.preference;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${button.value}; path=/; max-age=31536000; samesite=lax${secure}`;
  apply[name](button.value);
  document.querySelectorAll(`form[data-preference="${name}"] button`).forEach((other) => {
    if (other.hasAttribute("aria-pressed")) other.setAttribute("aria-pressed", String(other.value === button.value));
    if (other.dataset.whenOn) {
      const on = button.value === "1";
      other.value = on ? "0" : "1";
      other.querySelector("[data-label]").textContent = on ? other.dataset.whenOn : other.dataset.whenOff;
    }
  });
});
