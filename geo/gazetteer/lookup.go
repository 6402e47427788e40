package gazetteer

import "math/bits"

// tagBitsOf is how many bits of a slot number a key; the rest hold a part of its hash.
func tagBitsOf(keys int) int { return bits.Len(uint(keys + 1)) }

// Lookup gives the records that bear a name, exactly but for what [Normalise] and missing or added spaces forgive, the most
// important first.
func (ix *Index) Lookup(name string) []Record {
	var buffer [64]byte
	var out []Record
	for _, r := range ix.refs(nil, appendKey(buffer[:0], name)) {
		out = append(out, ix.record(r&^weakRef))
	}
	return out
}

// refs appends what bears a normalised name; each with weakRef set where the name is of a list of alternates. What bears
// it letter for letter comes before what bears it with other spaces.
func (ix *Index) refs(out []uint32, key []byte) []uint32 {
	if len(key) == 0 || len(key) > maxName {
		return out
	}
	var others []uint32
	h := compactHash(key)
	for at := h & (ix.slots - 1); ; at = (at + 1) & (ix.slots - 1) {
		slot := ix.u32(sectionSlots, at)
		if slot == 0 {
			break
		}
		if (slot^h)>>ix.tagBits != 0 {
			continue
		}
		i := slot&(1<<ix.tagBits-1) - 1
		switch found := ix.key(i); {
		case found == string(key):
			out = ix.appendRefs(out, i)
		case sameCompact(found, key):
			others = append(others, i)
		}
	}
	for _, i := range others {
		out = ix.appendRefs(out, i)
	}
	return out
}

func (ix *Index) appendRefs(out []uint32, key uint32) []uint32 {
	for r, last := ix.u32(sectionFirstRefs, key), ix.u32(sectionFirstRefs, key+1); r < last; r++ {
		ref := ix.u32(sectionRefs, r)
		if !containsRecord(out, ref) {
			out = append(out, ref)
		}
	}
	return out
}

func containsRecord(refs []uint32, ref uint32) bool {
	for _, r := range refs {
		if (r^ref)&^weakRef == 0 {
			return true
		}
	}
	return false
}
