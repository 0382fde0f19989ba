// title = "Which papers use a thing"
// docs = "Papers in which something builds on it, is trained or evaluated on it or runs on it; what only mentions or beats it does not use it."
// questions = [
//   "which papers use {thing}?",
//   "who uses {thing}?",
//   "what uses {thing}?",
//   "which papers are using {thing}?",
//   "where is {thing} used?",
//   "in which papers is {thing} used?",
//   "by which papers is {thing} used?",
//   "where has {thing} been used?",
//   "which papers is {thing} used in?",
//   "which papers build on {thing}?",
//   "papers using {thing}",
//   "papers with {thing}",
//   "papers that use {thing}",
//   "uses of {thing}",
//   {words = "which papers train on {thing}?", reason = "trained-on"},
//   {words = "which papers evaluate on {thing}?", reason = "evaluated-on"},
//   {words = "which papers report results on {thing}?", reason = "evaluated-on"},
//   {words = "which papers run on {thing}?", reason = "runs-on"},
//   "whether {paper} uses {thing}",
//   "does {paper} use {thing}?",
//   "is {thing} used in {paper}?",
//   "is {thing} used by {paper}?",
//   {words = "does {paper} build on {thing}?", reason = "builds-on"},
//   {words = "does {paper} train on {thing}?", reason = "trained-on"},
//   {words = "does {paper} evaluate on {thing}?", reason = "evaluated-on"},
//   {words = "does {paper} run on {thing}?", reason = "runs-on"},
//   "how often is {thing} used?",
//   "{thing} usage",
//   "how popular is {thing}?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
//
// [parameters.thing]
// families = ["method", "dataset", "hardware"]
// help = "what is used: a method, model, dataset or device"
//
// [parameters.paper]
// families = ["paper", "method"]
// binds = "other"
// required = false
// help = "the paper, or what uses the thing, if only that is asked about"
//
// [reasons]
// builds-on = "builds on {about}"
// evaluated-on = "evaluates on {about}"
// runs-on = "runs on {about}"
// trained-on = "trains on {about}"

// `via` is what uses it, where the paper gives that a name.
MATCH (x:Entity {id: $id})<-[r:BUILDS_ON|EVALUATED_ON|RUNS_ON|TRAINED_ON]-(user)
WHERE user.id <> $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
WITH user, r, r.paper AS source
MATCH (p:Paper {id: source})
WHERE ($year IS NULL OR p.year = $year) AND ($other IS NULL OR p.id = $other OR user.id = $other)
RETURN p.id AS answer_id, p.title AS answer_name, 'Paper' AS answer_kind,
  CASE type(r) WHEN 'BUILDS_ON' THEN 'builds-on' WHEN 'EVALUATED_ON' THEN 'evaluated-on'
               WHEN 'RUNS_ON' THEN 'runs-on' ELSE 'trained-on' END AS reason,
  CASE WHEN user:Paper THEN '' ELSE user.id END AS via_id,
  CASE WHEN user:Paper THEN '' ELSE user.name END AS via_name,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
