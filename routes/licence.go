package routes

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// Reserved is what a pack has for its licence where nobody may use the content further.
const Reserved = "All rights reserved"

var (
	// knownLicences are the identifiers that SPDX has for licences of content; those of programs fit no content.
	knownLicences = regexp.MustCompile(`^(?:CC0-1\.0|CC-BY(?:-SA|-NC|-ND|-NC-SA|-NC-ND)?-(?:1\.0|2\.0|2\.5|3\.0|4\.0)|` +
		`CC-BY(?:-SA|-NC-SA|-NC-ND)?-3\.0-IGO|ODbL-1\.0|ODC-By-1\.0|PDDL-1\.0|CDLA-(?:Permissive-1\.0|Permissive-2\.0|Sharing-1\.0)|` +
		`GFDL-1\.[123]-(?:only|or-later)|LAL-1\.[23]|OGL-UK-[123]\.0|etalab-2\.0)$`)
	// ownLicence is how SPDX writes the terms of one organisation.
	ownLicence = regexp.MustCompile(`^LicenseRef-[A-Za-z0-9.-]{1,64}$`)
	// plainAttribution are those Creative Commons licences for which its own page is linked to.
	plainAttribution = regexp.MustCompile(`^CC-BY-(\d\.\d)$`)
)

// LicenceAddress gives the address of a licence by its SPDX identifier; empty where there is no page of it, since rights are
// reserved, terms are an organisation's own, or nobody knows a licence of that name.
func LicenceAddress(licence string) string {
	if !knownLicences.MatchString(licence) {
		return ""
	}
	if version := plainAttribution.FindStringSubmatch(licence); version != nil {
		return "https://creativecommons.org/licenses/by/" + version[1] + "/"
	}
	return "https://spdx.org/licenses/" + url.PathEscape(licence) + ".html"
}

// checkLicence wants a licence that those who use the content can look up, or that they may not.
func (l *Loaded) checkLicence(s spot) {
	licence := l.About.Licence
	if licence == "" || licence == Reserved || knownLicences.MatchString(licence) || ownLicence.MatchString(licence) {
		return // a missing one is reported as missing
	}
	l.refuse(s, fmt.Sprintf("%q is no licence of content that SPDX lists", licence), mendLicence(licence))
}

// mendLicence names the identifier that is nearly written, such as for "CC BY 4.0", or what can be.
func mendLicence(licence string) string {
	near := strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(licence)), " ", "-")
	if knownLicences.MatchString(near) {
		return "write " + near
	}
	return fmt.Sprintf("write an identifier of it as on spdx.org/licenses, such as CC-BY-4.0, CC-BY-NC-SA-3.0-IGO, CC0-1.0 or ODbL-1.0; "+
		"%q where nobody may use the content further, and LicenseRef-NAME for terms of your own", Reserved)
}
