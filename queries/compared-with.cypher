// title = "What a thing is compared with, no win being claimed"
// docs = "Comparisons on equal terms; who is said to win one is asked with improvements-on, both together with competitors."
// questions = [
//   "what is {method} compared with?",
//   "which methods is {method} compared with?",
//   "what has {method} been compared with?",
//   "which methods has {method} been compared with?",
//   "with what is {method} compared?",
//   "with which methods is {method} compared?",
//   "what is compared with {method}?",
//   "which methods are compared with {method}?",
//   "what is on par with {method}?",
//   "which methods are on par with {method}?",
//   "what compares with {method}?",
//   "how does {method} compare with other methods?",
//   "which comparisons with {method} are there?",
//   "comparisons with {method}",
//   "methods compared with {method}",
//   "{method} versus other methods",
//   "baselines of {method}",
//   "which baselines does {method} have?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// unnamed = "unnamed method of {title}"
//
// [parameters.method]
// families = ["method"]
// help = "the method or model that is compared"
//
// [reasons]
// compared-with = "is compared with {about}"

MATCH (x:Entity {id: $id})-[r:COMPARED_WITH]-(answer)
WHERE answer.id <> $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
WITH answer, r, r.paper AS source
MATCH (p:Paper {id: source})
WHERE $year IS NULL OR p.year = $year
RETURN answer.id AS answer_id,
  CASE WHEN answer:Paper THEN answer.title ELSE answer.name END AS answer_name,
  head([label IN labels(answer) WHERE label <> 'Entity']) AS answer_kind,
  'compared-with' AS reason,
  '' AS via_id, '' AS via_name,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
