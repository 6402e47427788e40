package server

import (
	"fmt"
	"net/mail"
	"strings"
)

// ResponsibleView is whom readers may write to.
type ResponsibleView struct{ Href, Text string }

// CheckContact says what is wrong with what readers are to write to: it must be an e-mail address or an https address, or empty.
func CheckContact(contact string) error {
	if contact == "" || strings.HasPrefix(contact, "https://") && isWebAddress(contact) {
		return nil
	}
	if a, err := mail.ParseAddress(contact); err != nil || a.Name != "" || a.Address != contact {
		return fmt.Errorf("%q is no e-mail address and no https address; write one such as map@example.org", contact)
	}
	return nil
}

func responsibleOf(contact string) *ResponsibleView {
	switch {
	case contact == "":
		return nil
	case strings.HasPrefix(contact, "https://"):
		return &ResponsibleView{contact, contact}
	}
	return &ResponsibleView{"mailto:" + contact, contact}
}
