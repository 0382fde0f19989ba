// title = "What is said to improve on a thing, and what it improves on"
// docs = "Who is said to beat whom, both ways, by how many papers, with their sentences."
// questions = [
//   "what are the improvements on {method}?",
//   {words = "which methods improve on {method}?", reason = "improves-on"},
//   {words = "what improves on {method}?", reason = "improves-on"},
//   {words = "which methods improve {method}?", reason = "improves-on"},
//   {words = "what improves {method}?", reason = "improves-on"},
//   {words = "what beats {method}?", reason = "improves-on"},
//   {words = "which methods beat {method}?", reason = "improves-on"},
//   {words = "which methods are better than {method}?", reason = "improves-on"},
//   {words = "what is better than {method}?", reason = "improves-on"},
//   {words = "which methods outperform {method}?", reason = "improves-on"},
//   {words = "what outperforms {method}?", reason = "improves-on"},
//   {words = "what is {method} outperformed by?", reason = "improves-on"},
//   {words = "by what is {method} outperformed?", reason = "improves-on"},
//   {words = "which methods claim to beat {method}?", reason = "improves-on"},
//   {words = "which improvements on {method} are there?", reason = "improves-on"},
//   {words = "improvements over {method}", reason = "improves-on"},
//   {words = "what does {method} improve on?", reason = "improved-by"},
//   {words = "which methods does {method} improve on?", reason = "improved-by"},
//   {words = "what does {method} improve?", reason = "improved-by"},
//   {words = "what does {method} beat?", reason = "improved-by"},
//   {words = "which methods does {method} beat?", reason = "improved-by"},
//   {words = "what does {method} outperform?", reason = "improved-by"},
//   {words = "which methods does {method} outperform?", reason = "improved-by"},
//   {words = "what is {method} better than?", reason = "improved-by"},
//   {words = "which methods is {method} better than?", reason = "improved-by"},
//   {words = "what is worse than {method}?", reason = "improved-by"},
//   {words = "which methods are worse than {method}?", reason = "improved-by"},
//   {words = "what is outperformed by {method}?", reason = "improved-by"},
//   {words = "which methods are outperformed by {method}?", reason = "improved-by"},
//   {words = "methods outperformed by {method}", reason = "improved-by"},
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// unnamed = "unnamed method of {title}"
//
// [parameters.method]
// families = ["method", "dataset"]
// help = "the method, model or dataset that improves or is improved on"
//
// [reasons]
// improves-on = "is said to improve on {about}"
// improved-by = "is said to be improved on by {about}"

MATCH (x:Entity {id: $id})-[r:IMPROVES_ON]-(answer)
WHERE answer.id <> $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
WITH answer, r, r.paper AS source
MATCH (p:Paper {id: source})
WHERE $year IS NULL OR p.year = $year
RETURN answer.id AS answer_id,
  CASE WHEN answer:Paper THEN answer.title ELSE answer.name END AS answer_name,
  head([label IN labels(answer) WHERE label <> 'Entity']) AS answer_kind,
  CASE WHEN startNode(r).id = $id THEN 'improved-by' ELSE 'improves-on' END AS reason,
  '' AS via_id, '' AS via_name,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
