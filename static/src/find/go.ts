/** Shows what an address names: on the page itself where that has it, else by opening its page. */
export function go(address: string): void {
	const url = new URL(address, location.href);
	const here = url.pathname === location.pathname;
	const stop = here ? stopOn(url.searchParams.get("stop")) : null;
	if (stop)
		stop.click(); // the map goes there
	else if (here && url.hash)
		location.assign(url.hash); // a hash that stands there already, set once more, would lead nowhere
	else location.assign(url.pathname + url.search + url.hash); // the public address may be another than the one that is read
}

function stopOn(id: string | null): HTMLElement | null {
	return id ? document.querySelector<HTMLElement>(`[data-choose="${CSS.escape(id)}"]`) : null;
}
