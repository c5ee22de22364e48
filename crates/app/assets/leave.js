// After a log-out: the keeper of report pages on this phone forgets them.
const registration = await navigator.serviceWorker?.getRegistration('/r/');
registration?.active?.postMessage({ type: 'forget' });
export {};
