// Photos are drawn again, smaller, before they are sent: that saves the villager's data plan, and drops the place that
// the camera wrote into the file (the server drops it as well).
const LONGEST = 1600, QUALITY = 0.8;

async function shrink(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return new File([blob], "photo.jpg", { type: "image/jpeg" });
  } catch {
    return file; // what cannot be drawn is judged by the server, which says what to do
  }
}

export function addPhotos(form) {
  const input = form.elements.photos, thumbs = form.querySelector("[data-field-thumbs]");
  const status = input.closest(".upload").querySelector("[data-upload-status]");
  let taken = [];

  function show() {
    const files = new DataTransfer();
    taken.forEach((file) => files.items.add(file));
    input.files = files.files;
    status.textContent = taken.length ? form.dataset.shrunk.replace("{n}", taken.length) : "";
    thumbs.replaceChildren(...taken.map((file, number) => {
      const figure = document.createElement("figure"), image = document.createElement("img"), remove = document.createElement("button");
      image.src = URL.createObjectURL(file);
      image.alt = `${number + 1}`;
      image.onload = () => URL.revokeObjectURL(image.src);
      remove.type = "button";
      remove.className = "btn";
      remove.textContent = form.dataset.removePhoto;
      remove.addEventListener("click", () => { taken = taken.filter((one) => one !== file); show(); });
      figure.append(image, remove);
      return figure;
    }));
  }

  // Before the page's own check of sizes: a large photo is made small here, not refused.
  document.addEventListener("change", async (event) => {
    if (event.target !== input || !input.files.length) return;
    event.stopImmediatePropagation();
    const added = await Promise.all([...input.files].map(shrink));
    taken = [...taken, ...added];
    show();
  }, true);
}
