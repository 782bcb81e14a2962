package traces

// For tests outside of the package, which may import package findings.
var (
	DefaultReport = defaultReport
	ReadCorpus    = readCorpus
)
