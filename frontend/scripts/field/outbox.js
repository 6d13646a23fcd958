// 待发送: what still waits on this phone, why, and the forms that open without a network.
import { formsKept } from "./shell.js";
import { sendAll, showCount } from "./queue.js";
import { drop, waiting } from "./store.js";

const place = document.querySelector("[data-field-queue]");
const send = document.querySelector("[data-field-send]");

function line(entry) {
  const card = document.createElement("section"), title = document.createElement("h2"), when = document.createElement("p");
  card.className = "card card-body";
  title.textContent = entry.title || place.dataset.task;
  when.className = "muted";
  when.textContent = new Date(entry.at).toLocaleString("zh-CN", { dateStyle: "medium", timeStyle: "short" });
  card.append(title, when);
  if (entry.problems) {
    const why = document.createElement("p");
    why.className = "field-late";
    why.textContent = place.dataset.refused + entry.problems.join(" ");
    card.append(why);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-danger";
  button.textContent = place.dataset.drop;
  button.addEventListener("click", async () => {
    if (!confirm(place.dataset.sure)) return;
    await drop(entry.key);
    await show();
    await showCount();
  });
  card.append(button);
  return card;
}

async function show() {
  const entries = await waiting();
  place.replaceChildren(...entries.map(line));
  if (!entries.length) {
    const none = document.createElement("p");
    none.className = "card card-body";
    none.textContent = place.dataset.empty;
    place.append(none);
  }
  send.hidden = !entries.length;
}

function showForms() {
  const list = document.querySelector("[data-field-forms]"), forms = formsKept();
  list.closest("section").hidden = !forms.length;
  list.replaceChildren(...forms.map(({ url, title }) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = url;
    link.textContent = title;
    item.append(link);
    return item;
  }));
}

if (place) {
  show();
  showForms();
  send.addEventListener("click", () => sendAll());
  document.addEventListener("field:queue", show);
}
