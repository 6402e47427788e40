package gazetteer

import (
	"strings"
	"sync"
)

// adjectives are those of countries, by ISO 3166-1 alpha-2 code, as they stand in names of borders. Only adjectives that
// mean one country are here.
const adjectives = `
AF Afghan; AL Albanian; DZ Algerian; AD Andorran; AO Angolan; AR Argentine Argentinian; AM Armenian; AU Australian;
AT Austrian Austro; AZ Azerbaijani Azeri; BD Bangladeshi; BY Belarusian; BE Belgian; BZ Belizean; BJ Beninese;
BT Bhutanese; BO Bolivian; BA Bosnian; BR Brazilian; BN Bruneian; BG Bulgarian; BF Burkinabe; MM Burmese Myanmar Burma;
BI Burundian; KH Cambodian Khmer; CM Cameroonian; CA Canadian; TD Chadian; CL Chilean; CN Chinese Sino Trung; CO Colombian;
CR Costa-Rican; HR Croatian; CU Cuban; CY Cypriot; CZ Czech; DK Danish; DJ Djiboutian; NL Dutch; EC Ecuadorian; EG Egyptian;
AE Emirati; ER Eritrean; EE Estonian; ET Ethiopian; FI Finnish Finno; FR French Franco; GA Gabonese; GM Gambian; GE Georgian;
DE German Germano; GH Ghanaian; GR Greek Greco; GT Guatemalan; GY Guyanese; HT Haitian; HN Honduran; HU Hungarian; IN Indian Indo;
ID Indonesian; IR Iranian; IQ Iraqi; IE Irish; IL Israeli; IT Italian Italo; CI Ivorian; JP Japanese; JO Jordanian; KZ Kazakh
Kazakhstani; KE Kenyan; KW Kuwaiti; KG Kyrgyz; LA Lao Laotian; LV Latvian; LB Lebanese; LR Liberian; LY Libyan; LT Lithuanian;
LU Luxembourgish; MG Malagasy; MW Malawian; MY Malaysian; ML Malian; MR Mauritanian; MX Mexican; MD Moldovan; MN Mongolian;
ME Montenegrin; MA Moroccan; MZ Mozambican; NA Namibian; NP Nepalese Nepali; NI Nicaraguan; NE Nigerien; NG Nigerian; NO Norwegian;
OM Omani; PK Pakistani; PA Panamanian; PY Paraguayan; PE Peruvian; PL Polish; PT Portuguese Luso; QA Qatari; RO Romanian;
RU Russian Russo; RW Rwandan; SA Saudi; SN Senegalese; RS Serbian; SG Singaporean; SK Slovak; SI Slovenian; SO Somali; ZA
South-African; ES Spanish; LK Sri-Lankan; SD Sudanese; SR Surinamese; SE Swedish; CH Swiss; SY Syrian; TJ Tajik; TZ Tanzanian;
TH Thai; TL Timorese; TG Togolese; TN Tunisian; TR Turkish Turco; TM Turkmen; UG Ugandan; UA Ukrainian; GB British; US American;
UY Uruguayan; UZ Uzbek; VE Venezuelan; VN Vietnamese Viet; YE Yemeni; ZM Zambian; ZW Zimbabwean`

// adjectiveCodes gives the code of each normalised adjective.
var adjectiveCodes = sync.OnceValue(func() map[string]string {
	codes := map[string]string{}
	for _, row := range strings.Split(adjectives, ";") {
		words := strings.Fields(row)
		for _, w := range words[1:] {
			codes[Normalise(w)] = words[0]
		}
	}
	return codes
})

// countryOfAdjective is the ISO code of the country that an adjective belongs to, empty for none.
func countryOfAdjective(word string) string { return adjectiveCodes()[Normalise(word)] }
