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
//   "what was evaluated on both {dataset} and {other}?",
//   "which methods were evaluated on both {dataset} and {other}?",
//   "which methods report results on both {dataset} and {other}?",
//   "were methods evaluated on both {dataset} and {other}?",
//   "was {method} evaluated on {other}?",
//   "has {method} been evaluated on {other}?",
//   "does {method} report results on {other}?",
//   "on which datasets does {method} report results?",
//   "which datasets does {method} use?",
//   "methods evaluated on {dataset} and {other}",
//   "which methods were run on {dataset}?",
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
// [parameters.other]
// families = ["dataset"]
// binds = "other"
// required = false
// help = "a dataset on which it was evaluated too"
//
// [reasons]
// evaluated-on = "was evaluated on {about}"
// evaluated-on-other = "was evaluated on {other}"
// evaluation-of = "was used to evaluate {about}"

// With another dataset: what was evaluated on both, with the statements of either; or whether a method was evaluated on it.
CALL () {
  MATCH (x:Entity {id: $id})<-[r:EVALUATED_ON]-(answer)
  WHERE $other IS NULL AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, 'evaluated-on' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})-[r:EVALUATED_ON]->(answer)
  WHERE ($other IS NULL OR answer.id = $other) AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, 'evaluation-of' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})<-[b:EVALUATED_ON]-(answer)
  WHERE coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH answer, b.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  WITH DISTINCT answer
  MATCH (answer)-[b:EVALUATED_ON]->(y:Entity)
  WHERE y.id = $other AND coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH answer, b.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  WITH DISTINCT answer
  MATCH (answer)-[r:EVALUATED_ON]->(z:Entity)
  WHERE z.id IN [$id, $other] AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, CASE WHEN z.id = $id THEN 'evaluated-on' ELSE 'evaluated-on-other' END AS reason
}
WITH answer, r, reason, r.paper AS source
MATCH (p:Paper {id: source})
WHERE $year IS NULL OR p.year = $year
RETURN answer.id AS answer_id,
  CASE WHEN answer:Paper THEN answer.title ELSE answer.name END AS answer_name,
  head([label IN labels(answer) WHERE label <> 'Entity']) AS answer_kind,
  reason, '' AS via_id, '' AS via_name,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
