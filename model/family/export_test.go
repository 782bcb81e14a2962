package family

// NewSplitSpace is NewSpace with only so many bits of a cube's first word in use.
func NewSplitSpace(first int, qs ...Question) (*Space, error) { return newSpace(first, qs) }
