package server

// ContactView is where help is to be had.
type ContactView struct {
	Title, Hours Words
	// Country is the country's name, Languages the names of the languages spoken, in the page's language.
	Country, Languages string
	// Phone and URL are empty where there is none.
	Phone, URL string
	// Verified is the day on which somebody made sure that it is right, such as 2026-05-01.
	Verified string
}
