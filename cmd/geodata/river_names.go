package main

import "strings"

// wholeName mends a river's name of which Debian's edition of Natural Earth has lost letters to question marks; a name that
// is not known here is left out rather than shown broken.
func wholeName(name string) string {
	if !strings.Contains(name, "?") {
		return name
	}
	return map[string]string{
		"Argun? (Ergun)": "Argun (Ergun)", "B?nou?": "Bénoué", "B?o-B?o": "Bío-Bío", "Caquet?": "Caquetá", "Gh?ghara": "Ghāghara",
		"God?vari": "Godāvari", "Guapor?": "Guaporé", "Indai?": "Indaiá", "Japur?": "Japurá", "Mamor?": "Mamoré", "Mara??n": "Marañón",
		"Neuqu?n": "Neuquén", "Ob?": "Ob", "Paran?": "Paraná", "Parana?ba": "Paranaíba", "S?n?gal": "Sénégal",
		"S?o  Francisco": "São Francisco", "Tapaj?s": "Tapajós", "Zay?": "Zayü",
	}[name]
}
