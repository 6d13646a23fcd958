// A page that nobody uses says so before it locks; one key goes on. Whoever types is at work, even while nothing is sent.
// When the time is over, a page with typed text stays where it is, covered, until its user proves to be the same person.
import { hasTyping } from "./unsaved.js";

const dialog = document.querySelector("[data-lock]");
const SHARED = "used-at"; // all tabs of one browser share one log-in

function watch() {
  const idle = dialog.dataset.idle * 1000, warning = dialog.dataset.warning * 1000;
  const [title, text, error] = ["#lock-title", "#lock-text", "[data-lock-error]"].map((one) => dialog.querySelector(one));
  const asksWhetherThere = title.textContent, password = dialog.querySelector("input[type=password]");
  let usedAt = Date.now(), toldAt = usedAt, locked = false;

  function seen() {
    usedAt = toldAt = Date.now();
    localStorage.setItem(SHARED, String(usedAt));
    locked = false;
    if (dialog.open) dialog.close();
  }

  const post = (address, body) => fetch(address, {
    method: "POST", body, redirect: "manual", headers: { Accept: "application/json" },
  });

  async function stay() {
    toldAt = Date.now();
    const answer = await post(dialog.dataset.stay, new FormData(dialog.querySelector("form"))).catch(() => null);
    if (!answer) return;
    if (answer.ok && String((await answer.json()).user) !== dialog.dataset.user) return location.reload();
    if (answer.ok) seen();
    else lock();
  }

  function lock() {
    if (!hasTyping() && navigator.onLine) return location.reload(); // the server asks; nothing stays on the screen
    locked = true;
    title.textContent = dialog.dataset.locked;
    text.textContent = dialog.dataset.lockedText;
    dialog.querySelectorAll("[data-lock-proof]").forEach((part) => { part.hidden = false; });
    dialog.classList.add("is-locked");
    if (!dialog.open) dialog.showModal();
    password.focus();
  }

  function warn(left) {
    title.textContent = asksWhetherThere;
    text.textContent = dialog.dataset.warns.replace("{n}", Math.ceil(left / 1000));
    dialog.querySelectorAll("[data-lock-proof]").forEach((part) => { part.hidden = true; });
    dialog.classList.remove("is-locked");
    if (!dialog.open) dialog.showModal();
  }

  async function prove(event) {
    event.preventDefault();
    if (!locked) return stay();
    error.textContent = "";
    const answer = await post(dialog.dataset.prove, new FormData(event.target)).catch(() => null);
    password.value = "";
    if (answer?.ok) return seen();
    error.textContent = answer?.status === 422 ? (await answer.json()).text : dialog.dataset.failed;
    password.focus();
  }

  dialog.querySelector("form").addEventListener("submit", prove);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (!locked) stay(); }); // Escape means: I am here
  for (const sign of ["keydown", "pointerdown", "input"]) {
    document.addEventListener(sign, () => {
      if (!dialog.open && Date.now() - toldAt > idle / 5) stay();
    }, { passive: true });
  }
  localStorage.setItem(SHARED, String(usedAt));
  setInterval(() => {
    const elsewhere = Number(localStorage.getItem(SHARED));
    if (elsewhere > usedAt) {
      usedAt = toldAt = elsewhere;
      if (locked) stay(); // another tab is open again: the server says whether this one may be, too
      else if (dialog.open) dialog.close();
    }
    const left = usedAt + idle - Date.now();
    if (locked) return;
    if (left <= 0) lock();
    else if (left <= warning) warn(left);
  }, 1000);
}

if (dialog && !document.querySelector("[data-field-user]")) watch();
