// Package references shows what keeps what alive in a world, and what script can still reach.
//
// [Build] makes the graph of a [model.World]: its roots are open pages, controlled documents, the map of registrations
// and the running instance; its other nodes are handles, ends of connections, queues with their messages, promises,
// pending connect events, notices, and what the browser keeps about a connection. Each reference has a [Reason], which
// says whether it keeps its target alive ([Keeps]), lets script reach it ([Reaches]), or is part of a connection
// ([Links]).
//
// [Graph.Defects] are the ends of connections whose other end is gone, and the objects that are retained although no
// open page needs them or no script can reach them. [Graph.Text] and [Graph.DOT] show a graph. Package props judges five
// properties of that kind by looking at the world; the tests judge them by the graph as well, and compare.
//
// What to know about these references:
//
//   - A page's end belongs to its document until that is destroyed (HTML "destroy a document"). A page that has lost its
//     handle still receives: an entangled port with a listener for messages is never collected (HTML 9.4.5 "Ports and
//     garbage collection"). Where it may be collected once no script can reach it (collect=close), the document
//     owns it for now.
//   - A running instance is a root of what its script can reach, but the browser may stop it whenever no event is pending
//     (SW 3.1.1 "The lifetime of a service worker"): only a keeper makes sure that it goes on.
//   - A connect event whose handler hangs keeps its instance and the registration for as long as the browser waits for it.
//   - The instance of a registration that is gone (unregister=run-out) keeps its connections, and nothing keeps it.
//   - A registration is cleared by the count of what uses it, not by tracing (SW "Try Clear Registration"). It can
//     therefore be kept by a cycle that no root leads to.
//   - A page needs only its own connections: that two connections belong to one registration does not make a page need
//     the connection of another.
package references
