// Tells the size of the chosen files before they are sent, and refuses what the server would refuse anyway.
const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

function describe(input) {
  const box = input.closest(".upload");
  const status = box.querySelector("[data-upload-status]");
  const limit = Number(box.dataset.maxBytes);
  const tooBig = [...input.files].find((file) => limit && file.size > limit);
  if (tooBig) {
    status.textContent = box.dataset.tooBig
      .replace("{name}", tooBig.name).replace("{size}", megabytes(tooBig.size)).replace("{limit}", megabytes(limit));
    status.className = "field-error";
    input.value = "";
    return;
  }
  status.className = "muted";
  status.textContent = [...input.files].map((file) => `${file.name}（${megabytes(file.size)}）`).join("、");
}

document.addEventListener("change", ({ target }) => {
  if (target.matches(".upload input[type=file]")) describe(target);
});

for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    const box = event.target.closest?.(".upload");
    if (!box) return;
    event.preventDefault();
    box.classList.toggle("is-over", over);
    if (name !== "drop") return;
    const input = box.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    describe(input);
  });
}
