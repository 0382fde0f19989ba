// title = "Which limitations of a thing are stated"
// docs = "What papers say a thing fails at or lacks, each with its sentence, then what the papers that introduce it say of their own work."
// questions = [
//   "what are the limitations of {thing}?",
//   "what are {thing}'s limitations?",
//   "which limitations does {thing} have?",
//   "which limitations has {thing}?",
//   "does {thing} have limitations?",
//   "has {thing} limitations?",
//   "which limitations of {thing} are stated?",
//   "which limitations of {thing} are there?",
//   "what limits {thing}?",
//   "what is limiting {thing}?",
//   "what is wrong with {thing}?",
//   "what is bad about {thing}?",
//   "why is {thing} bad?",
//   "what is the problem with {thing}?",
//   "what are the problems with {thing}?",
//   "which problems does {thing} have?",
//   "which problems do people have with {thing}?",
//   "when does {thing} fail?",
//   "where does {thing} fail?",
//   "why does {thing} fail?",
//   "does {thing} fail?",
//   "where does {thing} fall short?",
//   "what does {thing} lack?",
//   "what is missing in {thing}?",
//   "what does {thing} do badly?",
//   "what does {thing} fail at?",
//   "what does {thing} struggle with?",
//   "where does {thing} struggle?",
//   "what does {thing} suffer from?",
//   "what is {thing} bad at?",
//   "what can {thing} not handle?",
//   "what can't {thing} handle?",
//   "limitations of {thing}",
//   "problems with {thing}",
//   "problems of {thing}",
//   "failures of {thing}",
//   "{thing}'s limitations",
//   "{thing} limitations",
//   "limitations {thing}",
//   "where is {thing} weak?",
//   "why does {thing} struggle?",
//   "{thing} problems",
//   "how is {thing} limited?",
//   "in what is {thing} limited?",
//   "when should {thing} not be used?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "claim", "value", "value_max", "unit", "metric", "dataset", "comparator", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// shape = "claims"
// quoted = true
// details = ["claim", "value", "value_max", "unit", "metric", "dataset", "comparator"]
// unnamed = "unnamed method of {title}"
// tiers = [["limitation"], ["own-work"]]
//
// [headings]
// own = ""
// introduction = "the paper that introduces {about} says of its own work"
//
// [parameters.thing]
// families = ["method", "dataset", "hardware", "paper"]
// help = "what falls short: a method, model, dataset, device or paper"
//
// [reasons]
// limitation = "is said to fall short"
// own-work = "is said to fall short, as the work that introduces {about}"

CALL () {
  MATCH (x:Entity {id: $id})<-[:ABOUT]-(c:Claim)
  RETURN c, 'limitation' AS reason
UNION ALL
  MATCH (x:Paper {id: $id})<-[:ABOUT]-(c:Claim)
  RETURN c, 'limitation' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})<-[i:INTRODUCES]-(own:Paper)
  WHERE coalesce(i.rejected, false) = false AND i.confidence >= $min_confidence
  WITH DISTINCT own
  MATCH (own)<-[:ABOUT]-(c:Claim)
  RETURN c, 'own-work' AS reason
}
WITH c, reason
WHERE c.kind = 'limitation' AND coalesce(c.rejected, false) = false AND c.confidence >= $min_confidence
MATCH (c)-[:STATED_IN]->(p:Paper)
WHERE $year IS NULL OR p.year = $year
MATCH (c)-[:ABOUT]->(s)
OPTIONAL MATCH (c)-[:AGAINST]->(o:Entity)
OPTIONAL MATCH (c)-[:ON]->(d:Entity)
OPTIONAL MATCH (c)-[:MEASURED_BY]->(m:Entity)
RETURN c.id AS answer_id, CASE WHEN s:Paper THEN s.title ELSE s.name END AS answer_name, 'Claim' AS answer_kind, reason,
  s.id AS via_id, c.kind AS claim, c.value AS value, c.value_max AS value_max, c.unit AS unit,
  CASE WHEN m IS NULL THEN c.metric_text ELSE m.name END AS metric,
  CASE WHEN d IS NULL THEN null ELSE d.name END AS dataset,
  CASE WHEN o IS NULL THEN c.comparator_text ELSE o.name END AS comparator,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  c.id AS statement, c.evidence AS sentence, c.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
