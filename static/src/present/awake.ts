/**
 * Keeps the screen from falling asleep while a lesson is presented: a group may work for a quarter of an hour before one. A browser lets
 * go of that when the page is hidden, and gives it only over a safe connection, or in a file.
 */
export function stayAwake(): void {
	const ask = () => {
		if (document.visibilityState === "visible" && "wakeLock" in navigator)
			navigator.wakeLock.request("screen").catch(() => {}); // such as on a battery that is nearly empty
	};
	document.addEventListener("visibilitychange", ask);
	ask();
}
