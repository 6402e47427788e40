package routes

import (
	"regexp"
	"strconv"
	"strings"
)

// isNoPhone says whether seven digits or more with little between them are something else than a phone number: a date, a range, a
// large number, the number of a document, a part of an address.
func isNoPhone(text string, m []int) bool {
	from, to := m[2], m[1]
	number := text[from:to]
	before, after := text[max(0, from-near):from], text[to:min(len(text), to+near)]
	if partOfWord.MatchString(before) || numbered.MatchString(before) || letterAfter.MatchString(after) {
		return true
	}
	called := number[0] == '+' || strings.HasPrefix(number, "＋")
	digits := groupsIn(number)
	if called {
		n := len(digits.all())
		return n < 7 || n > 15
	}
	if digits.mayBeCalled() {
		return digits.groups[0][0] != '0' && measured(before, after)
	}
	return !digits.besideYears()
}

// besideYears says whether a number stands beside years, with no more than a space between.
func (n numberGroups) besideYears() bool {
	first, last := 0, len(n.groups)
	for first < last-1 && isYear(n.groups[first]) {
		first++
	}
	for first < last-1 && isYear(n.groups[last-1]) {
		last--
	}
	rest := n.upTo(last).from(first)
	return len(rest.groups) < len(n.groups) && rest.groups[0][0] == '0' && rest.mayBeCalled()
}

var (
	// partOfWord is what a number belongs to that has it directly before: an address, a document's sign, another number.
	partOfWord = regexp.MustCompile(`\S*(?:://|www\.)\S*$|[\p{Latin}\d][/_.,#=&-]?$|[/_#=&]$`)
	// numbered are labels of numbers that nobody calls.
	numbered = regexp.MustCompile(`(?i)(?:\b(?:isbn|issn|doi|pmid|nos?\.?|number|nr\.?|docs?\.?|document|pp?\.?|pages?|paras?\.?|paragraphs?|lines?|` +
		`refs?\.?|reference|cases?|vol\.?|volume|sections?|articles?|art\.|id|serial|grants?|projects?|registration|licen[cs]e)|[¶§#№:：]|[编編]?[号號]|第|หน้า|เลขที่|ย่อหน้า|` +
		`\bsố|\bđiều|\btrang|\bhalaman|\bmuka surat|စာမျက်နှာ|ໜ້າ|ទំព័រ)[ :.(]{0,3}$`)
	letterAfter = regexp.MustCompile(`^(?:\p{Latin}|[/%]\S|_)`)
	unitAfter   = regexp.MustCompile(`(?i)^(?:,\d|\.\d| ?%| ?(?:baht|yuan|rmb|dollars?|usd|kip|dong|riels?|kyats?|ringgit|rupiah|thb|vnd|people|persons|women|men|girls|` +
		`children|inhabitants|migrants|workers|households|km|kilomet(?:re|er)s|per ?cent)\b| ?(?:元|人|名|บาท|คน|ราย|ກີບ|ຄົນ|រៀល|នាក់|ကျပ်|ဦး|ယောက်|đồng|người|orang))`)
	moneyBefore = regexp.MustCompile(`(?i)(?:[$€£¥฿₫៛₭]|\b(?:thb|usd|rmb|cny|vnd|mmk|khr|lak|rp|rm|baht)) ?$`)
)

// measured says whether a number counts something: an amount of money, people.
func measured(before, after string) bool {
	return moneyBefore.MatchString(before) || unitAfter.MatchString(after)
}

// numberGroups are the digits of a number, group by group, and what stands between them.
type numberGroups struct{ groups, between []string }

func groupsIn(number string) (n numberGroups) {
	start := 0
	inDigits := false
	for i := 0; i <= len(number); i++ {
		if is := i < len(number) && isDigit(number[i]); is == inDigits && i < len(number) {
			continue
		}
		part := number[start:i]
		switch {
		case inDigits:
			n.groups = append(n.groups, part)
		case len(n.groups) > 0 && i < len(number):
			n.between = append(n.between, part)
		}
		start, inDigits = i, !inDigits
	}
	return n
}

func (n numberGroups) all() string { return strings.Join(n.groups, "") }

func (n numberGroups) from(i int) numberGroups {
	return numberGroups{n.groups[i:], n.between[min(i, len(n.between)):]}
}

func (n numberGroups) upTo(i int) numberGroups {
	return numberGroups{n.groups[:i], n.between[:min(i-1, len(n.between))]}
}

// mayBeCalled says whether digits without a plus look like a phone number.
func (n numberGroups) mayBeCalled() bool {
	all := n.all()
	switch {
	case len(all) < 7 || len(all) > 13:
		return false
	case len(n.groups) == 1:
		return all[0] == '0' && len(all) >= 9 || countryForm.MatchString(all) && !strings.HasSuffix(all, "0000")
	case n.date() || len(n.groups) > 6:
		return false
	case all[0] == '0':
		return len(all) >= 8 && (n.groups[0] != "0" || n.between[0] != ".")
	}
	return n.parted()
}

// countryForm is a number in one piece that has the form of a country's of this region, as it is dialled from abroad, or of a
// mobile phone in China.
var countryForm = regexp.MustCompile(`^(?:1[3-9]\d{9}|(?:60|62|65|66|84|86|95)\d{8,11}|85[56]\d{8,10}|00\d{9,})$`)

// date says whether the groups are a day, written in either order.
func (n numberGroups) date() bool {
	if len(n.groups) != 3 {
		return false
	}
	day, month, year := n.groups[0], n.groups[1], n.groups[2]
	if len(day) == 4 {
		day, year = year, day
	}
	return len(day) <= 2 && len(month) <= 2 && len(year) == 4 && day < "32" && month < "32"
}

// parted says whether groups that do not begin with 0 are parted as phone numbers are, not as large numbers, ranges or lists are.
func (n numberGroups) parted() bool {
	last := len(n.groups) - 1
	for _, g := range n.groups {
		if isYear(g) {
			return false
		}
	}
	separators := strings.Join(n.between, "")
	spaced := strings.Trim(separators, " ") == ""
	switch {
	case len(n.groups[last]) < 3 || len(n.all()) < 2*len(n.groups) || n.isRange():
		return false
	case strings.Contains(separators, "."):
		return last >= 2 && strings.Trim(separators, ".") == "" && !n.thousands()
	case spaced && n.thousands():
		return false
	case spaced:
		return abroadForm.MatchString(n.all()) || len(n.groups[last]) == 4 && (len(n.groups[last-1]) == 3 || len(n.groups[last-1]) == 4)
	}
	return true
}

// abroadForm is what numbers begin with that are dialled from abroad or without a charge.
var abroadForm = regexp.MustCompile(`^(?:60|62|65|66|84|86|95|85[56]|1300|1800|18[0-9]{9}|1[3-9]\d{9}$|400|800)`)

// isRange says whether two groups are the ends of a range, such as of pages.
func (n numberGroups) isRange() bool {
	if len(n.groups) != 2 || strings.Trim(n.between[0], " ") == "" {
		return false
	}
	first, _ := strconv.Atoi(n.groups[0])
	second, _ := strconv.Atoi(n.groups[1])
	return first < second && second < 2*first || len(n.groups[0]) == len(n.groups[1]) && first < second
}

// thousands says whether a large number is grouped.
func (n numberGroups) thousands() bool {
	for i, g := range n.groups {
		if i > 0 && len(g) != 3 || len(g) > 3 {
			return false
		}
	}
	return true
}

func isYear(group string) bool { return yearForm.MatchString(group) }
