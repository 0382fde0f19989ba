// title = "What was trained on a dataset, or on what a method was trained"
// docs = "Methods, models and papers that train on a dataset; for a method, a model or the paper that introduces it, its training data."
// questions = [
//   "what was trained on {dataset}?",
//   "which methods were trained on {dataset}?",
//   "which methods train on {dataset}?",
//   "methods trained on {dataset}",
//   "{dataset} trained methods",
//   "which methods is {dataset} used to train?",
//   "what is {dataset} used to train?",
//   "what was {method} trained on?",
//   "on what was {method} trained?",
//   "which datasets was {method} trained on?",
//   "on which datasets was {method} trained?",
//   "what does {method} train on?",
//   "which datasets were used to train {method}?",
//   "what was used to train {method}?",
//   "which training datasets does {method} use?",
//   "training datasets for {method}",
//   "{method} training datasets",
//   "what trains on {dataset}?",
//   "what was trained with {dataset}?",
//   "which methods use {dataset} for training?",
//   "which methods use {dataset} as training datasets?",
//   "{dataset} is used to train which methods?",
//   "what does {method} learn from?",
//   "{method}'s training datasets",
//   "which datasets does {method} use for training?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// unnamed = "unnamed method of {title}"
// tiers = [["trained-on", "data-of", "data-of-paper", "data-of-introduced"]]
//
// [parameters.dataset]
// families = ["dataset"]
// help = "the dataset on which things were trained"
//
// [parameters.method]
// families = ["method", "paper"]
// help = "the method, model or paper that was trained"
//
// [reasons]
// trained-on = "was trained on {about}"
// data-of = "{about} was trained on it"
// data-of-paper = "the paper that introduces {about} trains on it"
// data-of-introduced = "what {about} introduces was trained on it"

// A paper often says on what it trains without naming its model: what the paper trains on, the model that it introduces is trained on.
CALL () {
  MATCH (x:Entity {id: $id})<-[r:TRAINED_ON]-(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'trained-on' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})-[r:TRAINED_ON]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'data-of' AS reason
UNION ALL
  MATCH (x:Paper {id: $id})-[r:TRAINED_ON]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'data-of' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})<-[b:INTRODUCES]-(maker:Paper)
  WHERE (x:Method OR x:Model) AND coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH DISTINCT maker
  MATCH (maker)-[r:TRAINED_ON]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'data-of-paper' AS reason
UNION ALL
  MATCH (x:Paper {id: $id})-[b:INTRODUCES]->(via:Entity)
  WHERE coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH DISTINCT via
  MATCH (via)-[r:TRAINED_ON]->(answer)
  WHERE r.paper = $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, via.id AS via_id, via.name AS via_name, 'data-of-introduced' AS reason
}
WITH answer, r, via_id, via_name, reason, r.paper AS source
MATCH (p:Paper {id: source})
WHERE $year IS NULL OR p.year = $year
RETURN answer.id AS answer_id,
  CASE WHEN answer:Paper THEN answer.title ELSE answer.name END AS answer_name,
  head([label IN labels(answer) WHERE label <> 'Entity']) AS answer_kind,
  reason, via_id, via_name,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
