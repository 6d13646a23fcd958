// Sends what waits, one after the other. The server knows each record by its key, so sending twice records once.
import { drop, put, waiting } from "./store.js";

const PATIENCE = 30000;
const app = document.querySelector("[data-field-user]");
let sending = null;
const toast = (text, tone) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone } }));

function cookie(name) {
  return document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

// {state: kept | invalid | login | offline, url, late, problems}
export async function deliver(entry) {
  const data = new FormData();
  entry.fields.forEach(([name, value]) => data.append(name, value));
  data.set("csrfmiddlewaretoken", cookie("csrftoken"));
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const response = await fetch(entry.url, {
      method: "POST", body: data, redirect: "manual", signal: patience.signal, headers: { Accept: "application/json" },
    });
    if (response.type === "opaqueredirect" || response.status === 403) return { state: "login" };
    if (response.status === 404) return { state: "invalid", problems: [{ field: "", text: app.dataset.gone }] };
    if (!response.ok && response.status !== 422) return { state: "offline" };
    return await response.json();
  } catch {
    return { state: "offline" };
  } finally {
    clearTimeout(timer);
  }
}

async function sendWaiting() {
  const entries = await waiting();
  let sent = 0, late = 0;
  for (const entry of entries) {
    const answer = await deliver(entry);
    if (answer.state === "kept") {
      await drop(entry.key);
      sent += 1;
      late += answer.late ? 1 : 0;
    } else if (answer.state === "invalid") {
      await put({ ...entry, problems: answer.problems.map(({ text }) => text) });
    } else {
      if (answer.state === "login") toast(app.dataset.login, "warn");
      break;
    }
  }
  await showCount();
  document.dispatchEvent(new CustomEvent("field:queue"));
  if (late) toast(app.dataset.late, "warn");
  else if (sent) toast(`${app.dataset.sent} ${sent}`, "ok");
}

export function sendAll() {
  sending ??= sendWaiting().finally(() => { sending = null; });
  return sending;
}

export async function showCount() {
  const place = document.querySelector("[data-field-count]");
  if (!place) return;
  const count = (await waiting()).length;
  place.textContent = count ? app.dataset.waiting.replace("{n}", count) : app.dataset.none;
  place.closest("a").classList.toggle("is-waiting", count > 0);
}
