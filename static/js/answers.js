// How long an answer is waited for, and which of them is a last word.

const LONGEST = 10000; // then it is asked again: a phone that changed its line never hears of the first

export function within() {
  const limit = new AbortController();
  setTimeout(() => limit.abort(), LONGEST);
  return limit.signal;
}

export function after(wait) {
  return new Promise((done) => setTimeout(done, wait));
}

// A no that the whole page says better, with the words given back; anything else may pass.
export function isRefusal(status) {
  return status >= 400 && status < 500 && ![408, 413, 429].includes(status);
}
