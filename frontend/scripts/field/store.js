// What waits on this phone: IndexedDB, because photos are too large for anything else. It holds answers, photos and the
// address of the form, never a name or a number from the registers, and each entry goes as soon as it is sent.
const NAME = "field", STORE = "visits";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const user = () => document.querySelector("[data-field-user]")?.dataset.fieldUser ?? "";
export const put = (entry) => within("readwrite", (store) => store.put(entry));
export const drop = (key) => within("readwrite", (store) => store.delete(key));

// Only one's own: a phone may pass from hand to hand, but nobody sends another's record.
export async function waiting() {
  const all = await within("readonly", (store) => store.getAll());
  return all.filter((entry) => entry.user === user()).sort((a, b) => a.at.localeCompare(b.at));
}
