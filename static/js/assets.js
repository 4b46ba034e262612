/* Loads a script of the portal's own once, when a page first needs it. Addresses stand on <html data-src-…>. */

const loading = new Map();

export function script(name) {
  const address = document.documentElement.dataset[name];
  if (!loading.has(address)) {
    loading.set(
      address,
      new Promise((resolve, reject) => {
        const tag = document.createElement("script");
        tag.src = address;
        tag.onload = resolve;
        tag.onerror = reject;
        document.head.append(tag);
      }),
    );
  }
  return loading.get(address);
}
