package render

// The crowd: every page and every version takes part, messages go both ways, and some are lost.
const crowdDesign = "match=scope, bind=pinned, page-notice=event, handle=port, suspend=wake, interrupt=reject, " +
	"not-ready=wait, update=reaccept, unregister=sever, delivery=port, close=close, worker-notice=event, same-origin=ask, " +
	"no-answer=reject, queue=kept, listens=sometime"

const crowdScript = `
p1 connect c1
browser start
browser dispatch c1
worker accept c1
p1 post c1
worker receive c1
p2 connect c2
browser dispatch c2
worker reject c2
p3 connect c3
browser dispatch c3
worker accept c3
p3 listen c3
p4 connect c4
service update
browser installed
browser activate
browser activated
browser dispatch c1
worker accept c1
browser dispatch c3
worker reject c3
p3 learn c3
browser dispatch c4
worker accept c4
worker post c4
p4 receive c4
worker post c1
p1 post c1
p4 transfer c4 p2
service update
browser installed
browser activate
browser activated
p1 leave
service update
browser installed
browser activate
browser activated
browser dispatch c4
worker accept c4
p2 post c4
worker post c4
browser kill
p2 receive c4
p2 lose c4
`
