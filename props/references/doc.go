// Package references draws who keeps what alive in a world, and who can still reach it.
//
// [Build] makes the graph of a [model.World]: its roots are open pages, controlled documents, the map of registrations
// and the running instance; its other nodes are handles, ends of connections, queues with their messages, promises,
// pending connect events, notices, and what the browser keeps about a connection. Each reference has a [Reason], which
// says whether it keeps its target alive ([Keeps]), lets script reach it ([Reaches]), or is one of those that a
// connection is made of ([Links]).
//
// [Graph.Findings] are the ends that believe in a connection whose other end is gone, and the objects that are retained
// although no open page needs them or no script can reach them. [Statements] says five properties of the catalogue
// in terms of the graph; package props says them in terms of the world, and a test holds that both are the same.
// [Graph.Text] and [Graph.DOT] show a graph.
//
// What a newcomer has to know about references of this kind:
//
//   - A page's end belongs to its document until that is destroyed (HTML "destroy a document"). A page that has lost its
//     handle still receives: an entangled port with a listener for messages is never collected (HTML 9.4.5 "Ports and
//     garbage collection"). An end that is entangled with nothing may be collected once no script can reach it. The model
//     never does that, which is the worst case.
//   - A running instance is a root of what its script can reach, but the browser may stop it whenever no event is pending
//     (SW 3.1.1 "The lifetime of a service worker"): it needs a keeper to go on for certain.
//   - A registration is cleared by the count of what uses it, not by tracing (SW "Try Clear Registration"). It can
//     therefore be kept by a cycle that no root leads to.
//   - Who a connection is of use to is a matter of the connection alone: that two connections belong to one registration
//     does not make a page need the connection of another.
package references
