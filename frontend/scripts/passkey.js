// Passkeys: a form with data-passkey="create" or "get" asks the browser, puts the answer into its hidden field and is sent.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

function asked({ publicKey }) {
  return {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
    ...(publicKey.allowCredentials && { allowCredentials: known(publicKey.allowCredentials) }),
    ...(publicKey.excludeCredentials && { excludeCredentials: known(publicKey.excludeCredentials) }),
  };
}

function told(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = words(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id, rawId: words(credential.rawId), type: credential.type, response,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-passkey-button]");
  if (!button) return;
  const form = button.closest("form"), { passkey, options, field, failed } = form.dataset;
  const error = form.querySelector("[data-passkey-error]");
  error.textContent = "";
  try {
    const credential = await navigator.credentials[passkey]({ publicKey: asked(JSON.parse(options)) });
    form.elements[field].value = told(credential);
    form.submit();
  } catch {
    error.textContent = failed;
  }
});

if (!window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey-button]").forEach((button) => { button.hidden = true; });
}
