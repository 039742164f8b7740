// Makes a passkey, or signs in with one. Without this file, or where the browser cannot, the
// password is the way in and nothing here is shown.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function ask(address, token, given) {
  const answer = await fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(given ?? {}),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.message ?? "");
  return told;
}

function listed(descriptors) {
  return (descriptors ?? []).map((each) => ({ ...each, id: toBytes(each.id) }));
}

async function make(offer) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...offer,
      challenge: toBytes(offer.challenge),
      user: { ...offer.user, id: toBytes(offer.user.id) },
      excludeCredentials: listed(offer.excludeCredentials),
    },
  });
  return written(made, { attestationObject: toText(made.response.attestationObject) });
}

async function use(offer) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...offer,
      challenge: toBytes(offer.challenge),
      allowCredentials: listed(offer.allowCredentials),
    },
  });
  return written(used, {
    authenticatorData: toText(used.response.authenticatorData),
    signature: toText(used.response.signature),
    userHandle: used.response.userHandle ? toText(used.response.userHandle) : "",
  });
}

function written(credential, response) {
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: toText(credential.response.clientDataJSON), ...response },
  };
}

async function go(box) {
  const says = box.querySelector("[data-passkey-says]");
  const button = box.querySelector("button");
  says.textContent = "";
  button.setAttribute("aria-busy", "true");
  try {
    const offer = await ask(box.dataset.offer, box.dataset.token);
    const given = await ("new" in box.dataset ? make(offer) : use(offer));
    const told = await ask(box.dataset.passkey, box.dataset.token, given);
    location.assign(told.href);
  } catch {
    says.textContent = box.dataset.failed;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const box of document.querySelectorAll("[data-passkey]")) {
    box.hidden = false;
    box.querySelector("button").addEventListener("click", () => go(box));
  }
}
