// title = "What is claimed about a thing, for and against it"
// docs = "Each claim with its sentence: what speaks for a thing, what against it (its limits, and what is said to be better, faster or leaner), and what is neither."
// questions = [
//   "what is claimed about {thing}?",
//   "which claims are made about {thing}?",
//   "which claims are there about {thing}?",
//   "which claims about {thing} are there?",
//   "which claims exist about {thing}?",
//   "what do papers claim about {thing}?",
//   "what do people claim about {thing}?",
//   "what is known about {thing}?",
//   "what is found about {thing}?",
//   "what is claimed for and against {thing}?",
//   "what speaks for and against {thing}?",
//   "what are the pros and cons of {thing}?",
//   "pros and cons of {thing}",
//   "strengths and limitations of {thing}",
//   "claims about {thing}",
//   "claims for and against {thing}",
//   "arguments for and against {thing}",
//   "findings about {thing}",
//   "evidence about {thing}",
//   {words = "what is claimed for {thing}?", reason = "for"},
//   {words = "what is claimed in favour of {thing}?", reason = "for"},
//   {words = "what speaks for {thing}?", reason = "for"},
//   {words = "what supports {thing}?", reason = "for"},
//   {words = "what speaks in favour of {thing}?", reason = "for"},
//   {words = "what are the strengths of {thing}?", reason = "for"},
//   {words = "which strengths does {thing} have?", reason = "for"},
//   {words = "what is good about {thing}?", reason = "for"},
//   {words = "anything good about {thing}?", reason = "for"},
//   {words = "what is {thing} good at?", reason = "for"},
//   {words = "why should I use {thing}?", reason = "for"},
//   {words = "why use {thing}?", reason = "for"},
//   {words = "what makes {thing} good?", reason = "for"},
//   {words = "in what is {thing} good?", reason = "for"},
//   {words = "reasons to use {thing}", reason = "for"},
//   "is {thing} good?",
//   {words = "claims for {thing}", reason = "for"},
//   {words = "strengths of {thing}", reason = "for"},
//   {words = "what is claimed against {thing}?", reason = "against"},
//   {words = "what speaks against {thing}?", reason = "against"},
//   {words = "arguments against {thing}", reason = "against"},
//   {words = "which arguments are there against {thing}?", reason = "against"},
//   {words = "is there evidence against {thing}?", reason = "against"},
//   {words = "which criticism of {thing} is there?", reason = "against"},
//   {words = "how is {thing} criticised?", reason = "against"},
//   {words = "who criticises {thing}?", reason = "against"},
//   {words = "why should I not use {thing}?", reason = "against"},
//   {words = "why not use {thing}?", reason = "against"},
//   {words = "what do critics say about {thing}?", reason = "against"},
//   {words = "reasons not to use {thing}", reason = "against"},
//   {words = "reasons against {thing}", reason = "against"},
//   {words = "why should I avoid {thing}?", reason = "against"},
//   {words = "why avoid {thing}?", reason = "against"},
//   {words = "bad things about {thing}", reason = "against"},
//   {words = "claims against {thing}", reason = "against"},
//   {words = "evidence against {thing}", reason = "against"},
//   {words = "criticism of {thing}", reason = "against"},
//   {words = "which speed-ups are claimed over {thing}?", reason = "faster-rival"},
//   {words = "which speed-ups over {thing} are claimed?", reason = "faster-rival"},
//   {words = "which speed-ups are there over {thing}?", reason = "faster-rival"},
//   {words = "which methods claim speed-ups over {thing}?", reason = "faster-rival"},
//   {words = "which methods are faster than {thing}?", reason = "faster-rival"},
//   {words = "what is faster than {thing}?", reason = "faster-rival"},
//   {words = "methods faster than {thing}", reason = "faster-rival"},
//   {words = "which methods run faster than {thing}?", reason = "faster-rival"},
//   {words = "what runs faster than {thing}?", reason = "faster-rival"},
//   {words = "how much faster than {thing} can one get?", reason = "faster-rival"},
//   {words = "speed-ups of {thing}", reason = "faster"},
//   {words = "speed-ups over {thing}", reason = "faster-rival"},
//   {words = "faster than {thing}", reason = "faster-rival"},
//   {words = "which memory savings are claimed over {thing}?", reason = "leaner-rival"},
//   {words = "which memory savings over {thing} are claimed?", reason = "leaner-rival"},
//   {words = "which memory savings are there over {thing}?", reason = "leaner-rival"},
//   {words = "which methods need less memory than {thing}?", reason = "leaner-rival"},
//   {words = "what needs less memory than {thing}?", reason = "leaner-rival"},
//   {words = "what saves memory over {thing}?", reason = "leaner-rival"},
//   {words = "how much memory can be saved over {thing}?", reason = "leaner-rival"},
//   {words = "memory savings of {thing}", reason = "leaner"},
//   {words = "memory savings over {thing}", reason = "leaner-rival"},
//   {words = "which savings are claimed over {thing}?", reason = "leaner-rival,more-efficient-rival"},
//   {words = "which methods are more efficient than {thing}?", reason = "faster-rival,leaner-rival,more-efficient-rival"},
//   {words = "which methods are cheaper than {thing}?", reason = "faster-rival,leaner-rival,more-efficient-rival"},
//   {words = "what is cheaper than {thing}?", reason = "faster-rival,leaner-rival,more-efficient-rival"},
//   {words = "what is more efficient than {thing}?", reason = "faster-rival,leaner-rival,more-efficient-rival"},
//   {words = "efficiency gains over {thing}", reason = "faster-rival,leaner-rival,more-efficient-rival"},
//   {words = "which speed-ups does {thing} claim?", reason = "faster"},
//   {words = "how fast is {thing}?", reason = "faster"},
//   {words = "which memory savings does {thing} claim?", reason = "leaner"},
//   {words = "how much memory does {thing} save?", reason = "leaner"},
//   "does {thing} help?",
//   "is {thing} worth it?",
//   {words = "why is {thing} good?", reason = "for"},
//   {words = "which evidence is there for {thing}?", reason = "for"},
//   {words = "is there evidence for {thing}?", reason = "for"},
//   {words = "which evidence supports {thing}?", reason = "for"},
//   {words = "evidence for {thing}", reason = "for"},
//   "which evidence is there about {thing}?",
//   {words = "which evidence is there against {thing}?", reason = "against"},
//   {words = "how efficient is {thing}?", reason = "faster,leaner,more-efficient"},
//   {words = "how much faster is {thing}?", reason = "faster"},
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "claim", "value", "value_max", "unit", "metric", "dataset", "comparator", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// shape = "claims"
// quoted = true
// details = ["claim", "value", "value_max", "unit", "metric", "dataset", "comparator"]
// unnamed = "unnamed method of {title}"
// tiers = [
//   ["state-of-the-art", "better", "faster", "leaner", "more-efficient", "score", "worse-rival"],
//   ["limitation", "better-rival", "faster-rival", "leaner-rival", "more-efficient-rival"],
//   ["equal", "equal-rival", "finding"],
// ]
//
// [headings]
// for = "what speaks for {about}"
// against = "what speaks against {about}"
// neither = "what is said of {about} neither for nor against it"
//
// [parameters.thing]
// families = ["method", "dataset", "hardware", "paper"]
// help = "what the claims are about or against: a method, model, dataset, device or paper"
//
// [reasons]
// state-of-the-art = "is said to be state of the art"
// better = "is said to be better"
// faster = "is said to be faster"
// leaner = "is said to need less memory"
// more-efficient = "is said to be more efficient"
// score = "is said to reach"
// worse-rival = "is said to fall short of {about}"
// limitation = "is said to fall short"
// better-rival = "is said to be better than {about}"
// faster-rival = "is said to be faster than {about}"
// leaner-rival = "is said to need less memory than {about}"
// more-efficient-rival = "is said to be more efficient than {about}"
// equal = "is said to be on par"
// equal-rival = "is said to be on par with {about}"
// finding = "is said to have this property"

// What loses against a thing speaks for it; what is compared with itself is no rival. Whether less time, less memory or
// something else is spent is read off the metric, and where that is no cost ("accuracy", or none), off the sentence.
CALL () {
  MATCH (x:Entity {id: $id})<-[:ABOUT]-(c:Claim)
  RETURN c, true AS own
UNION ALL
  MATCH (x:Paper {id: $id})<-[:ABOUT]-(c:Claim)
  RETURN c, true AS own
UNION ALL
  MATCH (x:Entity {id: $id})<-[:AGAINST]-(c:Claim)
  RETURN c, false AS own
}
WITH c, own
WHERE coalesce(c.rejected, false) = false AND c.confidence >= $min_confidence
MATCH (c)-[:STATED_IN]->(p:Paper)
WHERE $year IS NULL OR p.year = $year
MATCH (c)-[:ABOUT]->(s)
WHERE own OR s.id <> $id
OPTIONAL MATCH (c)-[:AGAINST]->(o:Entity)
OPTIONAL MATCH (c)-[:ON]->(d:Entity)
OPTIONAL MATCH (c)-[:MEASURED_BY]->(m:Entity)
WITH c, own, p, s, o, d, m, toLower(coalesce(c.metric_text, '')) AS measure, toLower(c.evidence) AS words
WITH c, own, p, s, o, d, m,
  CASE WHEN c.kind = 'parity' THEN 'equal'
       WHEN c.kind = 'finding' OR c.polarity = '0' THEN 'finding'
       WHEN c.polarity = '-' THEN 'limitation'
       WHEN c.kind = 'sota' THEN 'state-of-the-art'
       WHEN c.kind = 'result' THEN 'score'
       WHEN c.kind <> 'efficiency' THEN 'better'
       WHEN measure =~ '(?s).*(memory|storage|footprint).*' THEN 'leaner'
       WHEN measure =~ '(?s).*(speed|fast|latency|throughput|time|fps).*' THEN 'faster'
       WHEN measure =~ '(?s).*(cost|param|comput|flop|token|data|energy|communic|size|sample|step|round|overhead).*' THEN 'more-efficient'
       WHEN words =~ '(?s).*(faster|speed|latency|throughput).*' THEN 'faster'
       WHEN words =~ '(?s).*memory.*' THEN 'leaner'
       ELSE 'more-efficient' END AS about
RETURN c.id AS answer_id, CASE WHEN s:Paper THEN s.title ELSE s.name END AS answer_name, 'Claim' AS answer_kind,
  CASE WHEN own OR about = 'finding' THEN about
       WHEN about = 'limitation' THEN 'worse-rival'
       WHEN about IN ['state-of-the-art', 'score'] THEN 'better-rival' ELSE about + '-rival' END AS reason,
  s.id AS via_id, c.kind AS claim, c.value AS value, c.value_max AS value_max, c.unit AS unit,
  CASE WHEN m IS NULL THEN c.metric_text ELSE m.name END AS metric,
  CASE WHEN d IS NULL THEN null ELSE d.name END AS dataset,
  CASE WHEN o IS NULL THEN c.comparator_text ELSE o.name END AS comparator,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  c.id AS statement, c.evidence AS sentence, c.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
