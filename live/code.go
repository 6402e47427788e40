package live

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"
)

// alphabet is what codes are made of: digits and capitals without 0, 1, I, L and O, which are taken for one another.
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// codeLength makes 31^7 codes, 2.75·10^10. One address tries two a second once it is suspect (see guard), 86,000 in the twelve
// hours of a session: it finds a session with a chance of 1 in 320,000, one of 200 with 1 in 1,600. A thousand addresses that
// try all day, each with two connections waiting, get 200 a second: 1 in 3,200 and 1 in 16. What is found is
// a lesson's current step, which moves nobody; and nobody who has the right code is kept out for the sake of that.
const codeLength = 7

// codeGap is where a code is parted for reading: K7M-4QXR.
const codeGap = 3

// newCode draws a code; each is as likely as any other.
func newCode() string {
	code := make([]byte, 0, codeLength)
	var random [2 * codeLength]byte
	for {
		_, _ = rand.Read(random[:]) // it never fails
		for _, b := range random {
			const fair = 256 / len(alphabet) * len(alphabet) // beyond it some letters would come more often
			if int(b) < fair {
				code = append(code, alphabet[int(b)%len(alphabet)])
			}
			if len(code) == codeLength {
				return string(code)
			}
		}
	}
}

// ParseCode brings a code as people write it to the form that sessions are kept under: capitals without spaces and
// hyphens. It says whether that can be a code at all.
func ParseCode(written string) (string, bool) {
	const longest = 4 * codeLength
	if len(written) > longest {
		return "", false
	}
	code := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "–", "", "\u00a0", "").Replace(written))
	if len(code) != codeLength || strings.Trim(code, alphabet) != "" {
		return "", false
	}
	return code, true
}

// Spell parts a code for people to read: K7M-4QXR.
func Spell(code string) string {
	if len(code) != codeLength {
		return code
	}
	return code[:codeGap] + "-" + code[codeGap:]
}

// token draws 128 random bits as text for addresses and headers.
func token() string {
	var random [16]byte
	_, _ = rand.Read(random[:]) // it never fails
	return base64.RawURLEncoding.EncodeToString(random[:])
}

// hashOf is what is kept of a secret. The secret is random, so that a plain hash of it tells nothing.
func hashOf(parts ...string) []byte {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return sum[:]
}

func same(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
