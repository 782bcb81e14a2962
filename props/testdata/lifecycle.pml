/*
 * The life of connections under one design, as a model for Spin (spinroot.com). It is written by hand after the rules of
 * package model, for the design below alone, and has the same worlds and steps as a search of that design that defers no step:
 * the two judge each other, and it is a measure of how fast the search is. TestSpin in package props compares them.
 *
 *	spin -DPAGES=2 -DCONNECTIONS=2 -a lifecycle.pml
 *	cc -O3 -DSAFETY -DNOFAIR -DNOREDUCE -o pan pan.c	(depth first; with -DBFS breadth first)
 *	./pan
 *
 * design: match=scope, bind=pinned, errors=uniform-timed, page-notice=state, handle=connection, request=param,
 *	page-list=list, pipeline=no, collect=keep, frozen=keep, suspend=wake, interrupt=retry, interrupt-again=retry,
 *	deadline=reject, not-ready=wait, queue=kept, acknowledge=none, update=reaccept, unregister=sever, client=id,
 *	worker-list=list, delivery=global, close=close, worker-notice=silent, same-origin=ask, no-answer=reject,
 *	partition=by-site if scripts=may-hang, listens=at-once, lists=at-once, own-close=drop
 * bounds: versions=2 messages=1 faults=1
 *
 * What a world of package model has and this one has not is the same in all worlds of the design: nobody but the page that
 * connected holds an end of a connection, no notice goes to a worker, nobody listens, and each fault left can be a kill. The
 * reductions of the search are here, too: steps that bring nothing are left out, fields that nothing reads are cleared,
 * connections are sorted, and versions have no numbers.
 *
 * There is one more state than there are worlds: the one before a first world is chosen.
 */

#ifndef PAGES
#define PAGES 2
#endif
#ifndef CONNECTIONS
#define CONNECTIONS 2
#endif
#define VERSIONS 2

/* The registration, pages and faults: bits of r. A registration that is neither live nor unregistered is absent. */
#define LIVE		(1 << 0)
#define UNREGISTERED	(1 << 1)
#define INSTALLING	(1 << 2)
#define WAITING		(1 << 3)
#define ACTIVE		(1 << 4)
#define ACTIVATING	(1 << 5)
#define RUNNING		(1 << 6)
#define SKIP		(1 << 7)	/* skipWaiting() was called */
#define CONTROLLED	(1 << 8)
#define FAULT		(1 << 9)	/* there may be one */
#define OPEN1		(1 << 10)	/* page 1 is open */
#define OPEN2		(1 << 11)
#define OWN1		(1 << 12)	/* page 1 is of the service's own origin, as page 2 always is */
#define BEGIN		(1 << 13)	/* no world was chosen yet */
#define FOUND		(1 << 14)	/* times the number of versions that were found */

/* A connection: bits of c0 and of c1. One that was not made is 0. */
#define REQUESTED	(1 << 0)
#define ASKING		(1 << 1)
#define UP		(1 << 2)
#define TOASK		(1 << 3)	/* has to be accepted again */
#define ASKINGAGAIN	(1 << 4)
#define DOWN		(1 << 5)
#define BY2		(1 << 6)	/* it was made by page 2 */
#define PENDING		(1 << 7)
#define HELD		(1 << 8)	/* the page holds its end */
#define REFERENCE	(1 << 9)
#define ACCEPTED	(1 << 10)	/* by the active version */
#define OUTDATED	(1 << 11)	/* accepted by an older one */
#define OBJECT		(1 << 12)
#define ENTANGLED	(1 << 13)
#define HUNG		(1 << 14)
#define NOTICE		(1 << 15)	/* to the page */
#define TOWORKER	(1 << 16)	/* a message waits for the worker */
#define WORKERLOST	(1 << 17)	/* one was lost */
#define TOPAGE		(1 << 18)
#define PAGELOST	(1 << 19)

#define PHASE	(REQUESTED | ASKING | UP | TOASK | ASKINGAGAIN | DOWN)
#define ASKED	(ASKING | ASKINGAGAIN)
#define INUSE	(UP | TOASK | ASKINGAGAIN)
#define USED	(PENDING | HELD)	/* some page has to do with it */

int r = BEGIN;
int c0, c1;

/* What is asked of worlds. These read the same in Promela and in C. */
#define has(x, bits)		(((x) & (bits)) == (bits))
#define runs(r)			(((r) & (RUNNING | ACTIVATING)) == RUNNING)
#define foreign(r, c)		(!((c) & BY2) && !((r) & OWN1))
#define by1(c)			(((c) & USED) && !((c) & BY2))
#define by2(c)			(((c) & USED) && ((c) & BY2))
#define work(r, c)		(((c) & REQUESTED) && ((r) & LIVE) || ((c) & TOASK) || has(c, UP | TOWORKER))

/* What enables the steps that are owed. */
#define learns(c)		(((c) & (NOTICE | TOPAGE)) == NOTICE)
#define answers(c)		(((c) & ASKED) && !((c) & HUNG))
#define handles(r, c)		(has(c, UP | TOWORKER) && runs(r))
#define dispatches(r, c)	(((c) & REQUESTED) && (!((r) & LIVE) || ((r) & ACTIVE) && runs(r)) || ((c) & TOASK) && runs(r))
#define releases(c)		(((c) & (UP | ENTANGLED | TOWORKER)) == UP)
#define starts(r, a, b)		(((r) & (ACTIVE | RUNNING)) == ACTIVE && (work(r, a) || work(r, b)))
#define clears(r, a, b)		(((r) & (UNREGISTERED | CONTROLLED)) == UNREGISTERED && !(((a) | (b)) & ASKED))
#define activates(r, a, b)	(((r) & WAITING) && (!((r) & ACTIVE) || !((r) & ACTIVATING) && !(((a) | (b)) & ASKED) && \
				(!((r) & CONTROLLED) || ((r) & SKIP))) && !clears(r, a, b))
#define owes(r, c)		(((c) & (TOPAGE | ASKED)) || learns(c) || handles(r, c) || dispatches(r, c) || releases(c))
#define quiescent(r, a, b)	(!owes(r, a) && !owes(r, b) && !starts(r, a, b) && !((r) & (INSTALLING | ACTIVATING)) && \
				!activates(r, a, b) && !clears(r, a, b))

/*
 * What was seen is no part of the state. For each property: was it broken, and was there an occasion to break it? Where the
 * design rules one of them out, it is not looked for.
 */
c_decl {
	enum {
		settles, tells_page, accounts_loss, delivers, frees_worker, fresh_acceptance, origin_bound, update_progress,
		survives_suspend, hides_suspend, survives_kill, survives_update, can_idle, unregisters, page_reach, worker_reach,
		ordered, no_bypass, refuses_first, page_private, opt_in, first_visit, revocable, one_context, tells_apart,
		quiet_leave, hides_suspend_timed, hides_collection, properties
	};
	static const char *names[properties] = {
		"settles", "tells-page", "accounts-loss", "delivers", "frees-worker", "fresh-acceptance", "origin-bound",
		"update-progress", "survives-suspend", "hides-suspend", "survives-kill", "survives-update", "can-idle",
		"unregisters", "page-reach", "worker-reach", "ordered", "no-bypass", "refuses-first", "page-private", "opt-in",
		"first-visit", "revocable", "one-context", "tells-apart", "quiet-leave", "hides-suspend-timed", "hides-collection"
	};
	static unsigned long long applies, broken;
}

#define occasion(p, condition)	applies |= (unsigned long long)((condition) != 0) << (p);
#define breach(p, condition)	broken |= (unsigned long long)((condition) != 0) << (p);

/* What befalls a connection c. What is seen is looked at before c changes, if nothing else is said. */

#define lost(c, queue)	c_code { occasion(accounts_loss, now.c & (queue)) }

#define loseToWorker(c)	lost(c, TOWORKER); c = (c & TOWORKER -> c ^ (TOWORKER | WORKERLOST) : c)

#define takeDown(c)	loseToWorker(c); c = (c & ~(PHASE | ENTANGLED)) | DOWN

#define cut(c) \
	c_code { occasion(tells_page, now.c & HELD) }; \
	takeDown(c); c = (c & HELD -> c | NOTICE : c)

#define refuse(c) \
	if \
	:: (c & ASKINGAGAIN) -> cut(c) \
	:: else -> \
		c_code { occasion(settles, now.c & PENDING) }; \
		takeDown(c); c = c & ~PENDING \
	fi

#define endPageSide(c) \
	c_code { occasion(frees_worker, 1) occasion(quiet_leave, (now.r & (ACTIVE | RUNNING)) == ACTIVE) }; \
	lost(c, TOPAGE); c = (c & TOPAGE -> c ^ (TOPAGE | PAGELOST) : c); \
	c = c & ~(HELD | ENTANGLED); \
	if \
	:: (c & TOASK) -> takeDown(c) \
	:: else \
	fi

#define leave(c, mine) \
	if \
	:: mine(c) -> \
		if \
		:: (c & HELD) -> endPageSide(c) \
		:: has(c, PENDING | REQUESTED) -> c = (c ^ (PENDING | REQUESTED)) | DOWN \
		:: else -> c = c & ~PENDING \
		fi \
	:: else \
	fi

#define askAgain(c) \
	c = c & ~OBJECT; \
	if \
	:: (c & ENTANGLED) -> c = (c & ~PHASE) | TOASK \
	:: else -> takeDown(c) \
	fi

#define replace(c) \
	c = (c & ACCEPTED -> c ^ (ACCEPTED | OUTDATED) : c); \
	if \
	:: (c & UP) -> \
		c_code { \
			occasion(fresh_acceptance, now.c & (OBJECT | ENTANGLED)) \
			occasion(survives_update, now.c & HELD) \
		}; \
		askAgain(c) \
	:: else \
	fi

#define suspend(c) \
	if \
	:: (c & UP) -> \
		c_code { \
			breach(hides_suspend_timed, has(now.c, ENTANGLED | HELD) && foreign(now.r, now.c)) \
			occasion(survives_suspend, has(now.c, OBJECT | HELD)) \
			occasion(hides_suspend, has(now.c, OBJECT | HELD) && foreign(now.r, now.c)) \
		}; \
		c = c & ~OBJECT \
	:: else \
	fi

#define kill(c) \
	if \
	:: (c & UP) -> \
		c_code { occasion(survives_kill, has(now.c, OBJECT | HELD)) }; \
		c = c & ~OBJECT \
	:: (c & ASKING) -> c = (c & ~(PHASE | HUNG)) | (c & PENDING -> REQUESTED : DOWN) \
	:: (c & ASKINGAGAIN) -> \
		c_code { occasion(survives_kill, has(now.c, ENTANGLED | HELD)) }; \
		c = c & ~HUNG; askAgain(c) \
	:: else \
	fi

#define deliver(c) \
	c_code { \
		occasion(delivers, 1) occasion(ordered, 1) occasion(origin_bound, 1) \
		occasion(tells_apart, !(now.c & OBJECT)) \
		breach(fresh_acceptance, now.c & OUTDATED) \
	}; \
	c = c | OBJECT

/* What is no longer read is cleared. */
#define forget(c) \
	c = (c & HELD -> c : c & ~(REFERENCE | NOTICE | WORKERLOST)); \
	if \
	:: (c & DOWN) -> \
		c = c & ~(ACCEPTED | OUTDATED | OBJECT); \
		c = (c & USED -> (c & TOPAGE -> c : c & ~PAGELOST) : DOWN) \
	:: (c & (TOASK | ASKINGAGAIN)) && (c & OUTDATED) -> c = c ^ (ACCEPTED | OUTDATED) \
	:: else \
	fi

#if CONNECTIONS == 1
#define both(step)	step(c0)
#define made(a, b)	((a) != 0)
#define allDown(a, b)	((a) & DOWN)
#else
#define both(step)	step(c0); step(c1)
#define made(a, b)	((b) != 0)
#define allDown(a, b)	((a) & (b) & DOWN)
#endif

/* Each step ends so: one world is chosen of those that are alike. */
#define done() \
	both(forget); \
	if \
	:: (c0 < c1) -> c0 = c0 ^ c1; c1 = c0 ^ c1; c0 = c0 ^ c1 \
	:: else \
	fi; \
	if \
	:: made(c0, c1) -> \
		r = ((c0 | c1) & USED -> r : r & ~(OPEN1 | OPEN2)); \
		r = ((r & UNREGISTERED) && !((c0 | c1) & (REQUESTED | ASKING)) -> (r & (FOUND - 1)) + VERSIONS * FOUND : r); \
		if \
		:: allDown(c0, c1) -> \
			r = r & ~(FAULT | RUNNING); \
			r = (r & (UNREGISTERED | INSTALLING | WAITING | ACTIVATING) -> r : \
				(r & (OPEN1 | OPEN2 | OWN1)) + VERSIONS * FOUND) \
		:: else \
		fi \
	:: else \
	fi

/* The steps of page number p. */
#define pageSteps(p, open, by, mine) \
	:: d_step { (r & open) && !(r & CONTROLLED) && !made(c0, c1) -> /* connect */ \
		if \
		:: (c0 == 0) -> c0 = REQUESTED | PENDING | by \
		:: else -> c1 = REQUESTED | PENDING | by \
		fi; \
		done() } \
	:: d_step { (r & open) && (mine(c0) || mine(c1)) -> /* leave */ \
		r = r & ~open; leave(c0, mine); leave(c1, mine); done() }

/* The steps that are about connection c. */
#define connectionSteps(c) \
	:: d_step { (c & (HELD | TOWORKER | WORKERLOST)) == HELD -> /* post */ \
		if \
		:: (c & ENTANGLED) -> c = c | TOWORKER \
		:: else -> c = c | WORKERLOST; lost(c, WORKERLOST) \
		fi; \
		done() } \
	:: d_step { (c & TOPAGE) -> /* receive */ \
		c_code { occasion(delivers, 1) occasion(ordered, 1) }; \
		c = (c & ~TOPAGE) | REFERENCE; done() } \
	:: d_step { learns(c) -> c = c & ~HELD; done() } \
	:: d_step { (c & HELD) -> endPageSide(c); done() } /* close */ \
	:: d_step { has(c, HELD | REFERENCE) -> /* lose */ \
		c_code { occasion(page_reach, 1) }; \
		c = c & ~REFERENCE; done() } \
	:: d_step { answers(c) -> /* accept */ \
		c_code { \
			occasion(tells_apart, now.c & ASKINGAGAIN) \
			occasion(opt_in, foreign(now.r, now.c)) \
			if (now.c & PENDING) { \
				occasion(settles, 1) occasion(revocable, 1) \
				occasion(no_bypass, foreign(now.r, now.c)) \
				occasion(refuses_first, foreign(now.r, now.c)) \
				occasion(one_context, now.r & (now.c & BY2 ? OPEN1 : OPEN2)) \
			} \
		}; \
		c = (c & ~(PHASE | OUTDATED)) | UP | ACCEPTED | OBJECT; \
		c = (c & PENDING -> (c ^ PENDING) | ENTANGLED | HELD | REFERENCE : c); \
		done() } \
	:: d_step { answers(c) -> refuse(c); done() } /* reject */ \
	:: d_step { answers(c) -> refuse(c); done() } /* ignore */ \
	:: d_step { answers(c) && (r & FAULT) -> r = r ^ FAULT; c = c | HUNG; done() } /* hang */ \
	:: d_step { (c & HUNG) -> c = c ^ HUNG; refuse(c); done() } /* give up */ \
	:: d_step { (c & (UP | TOPAGE | PAGELOST)) == UP && runs(r) -> /* the worker posts */ \
		c = c | OBJECT; \
		if \
		:: (c & ENTANGLED) -> c = c | TOPAGE \
		:: else -> c = c | PAGELOST; lost(c, PAGELOST) \
		fi; \
		done() } \
	:: d_step { handles(r, c) -> deliver(c); c = c ^ TOWORKER; done() } \
	:: d_step { handles(r, c) && (r & FAULT) -> /* kill while handling */ \
		deliver(c); r = r ^ (FAULT | RUNNING); both(kill); done() } \
	:: d_step { (c & UP) && runs(r) -> cut(c); done() } /* the worker closes */ \
	:: d_step { dispatches(r, c) -> \
		if \
		:: (c & TOASK) || (r & LIVE) -> \
			c_code { occasion(page_private, foreign(now.r, now.c)) }; \
			c = (c & TOASK -> c ^ (TOASK | ASKINGAGAIN) : c ^ (REQUESTED | ASKING)) \
		:: else -> refuse(c) \
		fi; \
		done() } \
	:: d_step { releases(c) -> c = c ^ (UP | DOWN); done() }

active proctype lifecycle()
{
end:	do
	:: c_expr { (judge()) } /* never: it only looks */

	:: d_step { (r & BEGIN) -> /* installed */
		r = OPEN1 | (PAGES - 1) * OPEN2 | FAULT; r = r | LIVE | ACTIVE; r = r + FOUND }
	:: d_step { (r & BEGIN) -> r = OPEN1 | (PAGES - 1) * OPEN2 | FAULT } /* nothing is registered */
#if PAGES == 1
	:: d_step { (r & BEGIN) -> r = OPEN1 | OWN1 | FAULT; r = r | LIVE | ACTIVE; r = r + FOUND }
	:: d_step { (r & BEGIN) -> r = OPEN1 | OWN1 | FAULT }
#endif

	pageSteps(1, OPEN1, 0, by1)
#if PAGES == 2
	pageSteps(2, OPEN2, BY2, by2)
#endif
	connectionSteps(c0)
#if CONNECTIONS == 2
	connectionSteps(c1)
#endif

	:: d_step { starts(r, c0, c1) -> r = r | RUNNING; done() }
	/* What was to be started for is still there when a start fails: an event is dispatched again, messages are kept. */
	:: d_step { starts(r, c0, c1) && (r & FAULT) -> r = r ^ FAULT; done() }
	:: d_step { (r & INSTALLING) -> /* installed */
		c_code {
			occasion(update_progress, (now.c0 & INUSE) && foreign(now.r, now.c0) || (now.c1 & INUSE) && foreign(now.r, now.c1))
		};
		r = (r & ~(INSTALLING | SKIP)) | WAITING; done() }
	:: d_step { (r & (INSTALLING | ACTIVE | WAITING)) == INSTALLING -> /* a first install fails */
		r = r ^ (INSTALLING | LIVE); done() }
	:: d_step { activates(r, c0, c1) ->
		if
		:: (r & ACTIVE) -> both(replace)
		:: else
		fi;
		r = (r & ~(WAITING | SKIP)) | ACTIVE | ACTIVATING | RUNNING; done() }
	:: d_step { (r & ACTIVATING) -> r = r ^ ACTIVATING; done() }
	:: d_step { clears(r, c0, c1) ->
		if
		:: (c0 & (UP | TOASK)) -> cut(c0)
		:: else
		fi;
		if
		:: (c1 & (UP | TOASK)) -> cut(c1)
		:: else
		fi;
		r = r & ~(FOUND - 1) | r & (OPEN1 | OPEN2 | OWN1 | FAULT); done() }
	:: d_step { runs(r) && !((c0 | c1) & ASKED) -> r = r ^ RUNNING; both(suspend); done() }
	:: d_step { runs(r) && (r & FAULT) && ((c0 | c1) & (ASKED | INUSE)) -> /* kill */
		r = r ^ (FAULT | RUNNING); both(kill); done() }

	:: d_step { !(r & (LIVE | UNREGISTERED | BEGIN)) && r < VERSIONS * FOUND -> /* register */
		r = (r | LIVE | INSTALLING) + FOUND; done() }
	:: d_step { (r & (LIVE | INSTALLING)) == LIVE && r < VERSIONS * FOUND -> /* an update is found */
		r = (r | INSTALLING) + FOUND; done() }
	:: d_step { (r & (WAITING | SKIP)) == WAITING &&
		(!(r & ACTIVE) || !((c0 | c1) & ASKED) && ((r & CONTROLLED) || ((c0 | c1) & INUSE))) -> /* skipWaiting() */
		r = r | SKIP; done() }
	:: d_step { (r & (LIVE | INSTALLING)) == LIVE -> /* unregister */
		c_code {
			occasion(unregisters, (now.c0 & INUSE) && foreign(now.r, now.c0) || (now.c1 & INUSE) && foreign(now.r, now.c1))
		};
		r = r ^ (LIVE | UNREGISTERED); done() }
	:: d_step { (r & (LIVE | ACTIVE | CONTROLLED)) == (LIVE | ACTIVE) && c0 == 0 -> /* a client opens */
		r = r | CONTROLLED; done() }
	:: d_step { (r & CONTROLLED) -> r = r ^ CONTROLLED; done() }
	od
}

c_code {
	/* held tells whether only pages of another origin hold something up; use: whether connections in use count. */
	static int held(int use)
	{
		int own = 0, asked = (now.c0 | now.c1) & ASKED, used = (now.c0 | now.c1) & INUSE;

		own |= foreign(now.r, now.c0) ? 0 : now.c0;
		own |= foreign(now.r, now.c1) ? 0 : now.c1;
		if ((own & ASKED) || use && (own & INUSE) && !asked)
			return 0;
		return asked || use && used;
	}

	/* judgeConnection looks at what one connection can break in a world. */
	static void judgeConnection(int r, int c, int quiet)
	{
		occasion(worker_reach, (r & RUNNING) && has(c, UP | ENTANGLED))
		occasion(first_visit, has(c, PENDING | REQUESTED) && (r & (LIVE | ACTIVE)) == LIVE)
		breach(no_bypass, has(c, ENTANGLED | HELD) && !(c & (ACCEPTED | OUTDATED)) && foreign(r, c))
		if (!quiet)
			return;
		breach(settles, c & PENDING)
		breach(tells_page, (c & (HELD | ENTANGLED)) == HELD)
		breach(accounts_loss, (c & HELD) && (c & (TOWORKER | WORKERLOST)) || (c & UP) && (c & (TOPAGE | PAGELOST)))
		breach(delivers, (c & ENTANGLED) && (c & (TOWORKER | TOPAGE)))
		breach(frees_worker, (c & (UP | ENTANGLED)) == UP)
		occasion(can_idle, (r & RUNNING) && (c & UP))
		breach(can_idle, (r & RUNNING) && (c & UP) && !runs(r))
		occasion(hides_suspend_timed, (r & RUNNING) && has(c, UP | ENTANGLED) && foreign(r, c))
	}

	static void report(void)
	{
		int p;

		for (p = 0; p < properties; p++)
			printf("property %s:%s%s\n", names[p], applies >> p & 1 ? " applies" : "", broken >> p & 1 ? " broken" : "");
	}

	static int judge(void)
	{
		int quiet = quiescent(now.r, now.c0, now.c1);

		if (now.r & BEGIN)
			atexit(report);

		judgeConnection(now.r, now.c0, quiet);
		judgeConnection(now.r, now.c1, quiet);
		if (quiet) {
			breach(update_progress, (now.r & WAITING) && (!(now.r & CONTROLLED) || (now.r & SKIP)) && held(!(now.r & SKIP)))
			breach(unregisters, (now.r & (UNREGISTERED | CONTROLLED)) == UNREGISTERED && held(1))
		}
		return 0;
	}
}
