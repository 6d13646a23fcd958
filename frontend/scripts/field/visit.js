// The form of one visit, or of one person met on a patrol: its draft stays on the phone; where it asks for photos they are made
// small, where it asks for the position it asks once and by will.
import { deliver, showCount } from "./queue.js";
import { addPhotos } from "./photos.js";
import { put, user } from "./store.js";

const form = document.querySelector("form[data-field-visit]");
const HIDDEN = new Set(["csrfmiddlewaretoken", "latitude", "longitude", "accuracy", "made_at"]);

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const draftName = () => `field-draft-${user()}-${form.dataset.fieldVisit}`;

function saveDraft() {
  const values = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !HIDDEN.has(name));
  localStorage.setItem(draftName(), JSON.stringify(values));
}

function restoreDraft() {
  const kept = localStorage.getItem(draftName());
  // The page may be an old copy from the phone: a new visit gets a new key, a draft keeps its own.
  if (!kept) {
    form.elements.key.value = newKey();
    return;
  }
  const values = JSON.parse(kept);
  for (const box of form.elements) {
    const given = values.filter(([name]) => name === box.name).map(([, value]) => value);
    if (!box.name || !given.length || box.type === "file") continue;
    if (["radio", "checkbox"].includes(box.type)) box.checked = given.includes(box.value);
    else [box.value] = given;
  }
  form.querySelector("[data-field-draft]").textContent = form.dataset.draft;
  form.elements.outcome?.[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

function preparePosition() {
  if (!form.elements.no_position) return;
  const note = form.querySelector("[data-field-position-note]");
  const button = form.querySelector("[data-field-locate]");
  const why = form.elements.no_position.closest(".field");
  if (!("geolocation" in navigator) || !window.isSecureContext) return;
  button.hidden = form.querySelector("[data-field-consent]").hidden = false;
  button.addEventListener("click", () => {
    note.textContent = form.dataset.positionFinding;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(6);
      form.elements.longitude.value = coords.longitude.toFixed(6);
      form.elements.accuracy.value = Math.round(coords.accuracy);
      note.textContent = form.dataset.positionFound.replace("{n}", Math.round(coords.accuracy));
      why.hidden = true;
    }, () => { note.textContent = form.dataset.positionFailed; }, { enableHighAccuracy: true, timeout: 15000 });
  });
}

function showProblems(problems) {
  form.parentElement.querySelectorAll(".error-summary").forEach((old) => old.remove());
  const summary = document.createElement("div");
  summary.className = "error-summary";
  summary.setAttribute("role", "alert");
  summary.tabIndex = -1;
  const heading = document.createElement("h2");
  heading.textContent = form.dataset.mend.replace("{n}", problems.length);
  const list = document.createElement("ul");
  for (const { field, text } of problems) {
    const line = document.createElement("li");
    const link = document.createElement(field ? "a" : "span");
    if (field) link.href = `#${field}`;
    link.textContent = text;
    line.append(link);
    list.append(line);
  }
  summary.append(heading, list);
  form.before(summary);
  summary.focus();
}

async function submit(event) {
  event.preventDefault();
  const button = form.querySelector(".field-do button");
  button.disabled = true;
  form.elements.made_at.value = new Date().toISOString();
  const entry = {
    key: form.elements.key.value, user: user(), url: location.pathname, at: form.elements.made_at.value,
    title: document.querySelector("h1").textContent.trim(), fields: [...new FormData(form)].filter(([, value]) => value !== ""),
  };
  const answer = await deliver(entry);
  button.disabled = false;
  if (answer.state === "invalid") return showProblems(answer.problems);
  if (answer.state !== "kept") {
    await put(entry);
    await showCount();
  }
  localStorage.removeItem(draftName());
  location.assign(answer.url ?? document.querySelector("[data-field-outbox]").dataset.fieldOutbox);
}

if (form) {
  restoreDraft();
  preparePosition();
  if (form.elements.photos) addPhotos(form);
  form.addEventListener("input", saveDraft);
  form.addEventListener("submit", submit);
}
