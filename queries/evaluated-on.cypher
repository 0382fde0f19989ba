// title = "What was evaluated on a dataset, or on what a method was evaluated"
// docs = "Methods, models and papers with results on a dataset or benchmark; for a method or model, its datasets."
// questions = [
//   "what was evaluated on {dataset}?",
//   "which methods were evaluated on {dataset}?",
//   "which methods report results on {dataset}?",
//   "what has results on {dataset}?",
//   "who evaluates on {dataset}?",
//   "which methods evaluate on {dataset}?",
//   "methods evaluated on {dataset}",
//   "evaluations on {dataset}",
//   "on what was {method} evaluated?",
//   "what has {method} been evaluated on?",
//   "which datasets has {method} been evaluated on?",
//   "on which datasets has {method} been evaluated?",
//   "what was {method} evaluated on?",
//   "on which datasets was {method} evaluated?",
//   "which datasets was {method} evaluated on?",
//   "which datasets were used to evaluate {method}?",
//   "where was {method} evaluated?",
//   "datasets of {method}",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// unnamed = "unnamed method of {title}"
//
// [parameters.dataset]
// families = ["dataset"]
// help = "the dataset or benchmark on which things were evaluated"
//
// [parameters.method]
// families = ["method"]
// help = "the method or model that was evaluated"
//
// [reasons]
// evaluated-on = "was evaluated on {about}"
// evaluation-of = "was used to evaluate {about}"

MATCH (x:Entity {id: $id})-[r:EVALUATED_ON]-(answer)
WHERE answer.id <> $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
WITH answer, r, r.paper AS source
MATCH (p:Paper {id: source})
WHERE $year IS NULL OR p.year = $year
RETURN answer.id AS answer_id,
  CASE WHEN answer:Paper THEN answer.title ELSE answer.name END AS answer_name,
  head([label IN labels(answer) WHERE label <> 'Entity']) AS answer_kind,
  CASE WHEN startNode(r).id = $id THEN 'evaluation-of' ELSE 'evaluated-on' END AS reason,
  '' AS via_id, '' AS via_name,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
