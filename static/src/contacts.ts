/**
 * Takes the contacts off that nobody has verified for a year, on pages of a folder: a server does not show them any more, but files
 * stay as they were written.
 */
export function hideOldContacts(): void {
	const today = new Date().toISOString().slice(0, "2027-05-01".length);
	for (const contact of document.querySelectorAll<HTMLElement>("[data-until]")) {
		const list = contact.parentElement;
		if ((contact.dataset.until ?? "") <= today) contact.remove();
		if (list?.childElementCount === 0) list.closest(".help")?.remove();
	}
}
