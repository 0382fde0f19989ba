// title = "Which datasets there are for a task, or for which tasks a dataset is"
// docs = "Datasets and benchmarks made for a task, then those on which what addresses it is evaluated; for a dataset its tasks, in the same two ways."
// questions = [
//   "which datasets are there for {task}?",
//   "which datasets are used for {task}?",
//   "which datasets are made for {task}?",
//   "which datasets can I use for {task}?",
//   "which datasets exist for {task}?",
//   "which datasets do people use for {task}?",
//   "on which datasets is {task} evaluated?",
//   "which datasets is {task} evaluated on?",
//   "how is {task} evaluated?",
//   "datasets for {task}",
//   "{task} datasets",
//   "which tasks is {dataset} for?",
//   "which tasks is {dataset} used for?",
//   "for which tasks is {dataset} used?",
//   "{dataset} is for which tasks?",
//   "what is {dataset} used for?",
//   "what is {dataset} for?",
//   "{dataset} used for what?",
//   "which tasks does {dataset} evaluate?",
//   "what does {dataset} evaluate?",
//   "tasks of {dataset}",
//   "how do people evaluate {task}?",
//   "how to evaluate {task}?",
//   "on what is {task} evaluated?",
//   "which datasets do people train on for {task}?",
//   "which datasets do people evaluate on for {task}?",
//   "training datasets for {task}",
//   "evaluation datasets for {task}",
//   "which tasks does {dataset} belong to?",
//   "what can {dataset} be used for?",
//   "which tasks are evaluated on {dataset}?",
//   "what is evaluated by {dataset}?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// shape = "counts"
// unnamed = "unnamed method of {title}"
// tiers = [["made-for", "task-of"], ["evaluates", "evaluated-by"]]
//
// [headings]
// made = ""
// used = "not made for {about}, but used with it"
//
// [parameters.task]
// families = ["task"]
// help = "the task whose datasets are asked for"
//
// [parameters.dataset]
// families = ["dataset"]
// help = "the dataset or benchmark whose tasks are asked for"
//
// [reasons]
// made-for = "is made for {about}"
// task-of = "is what {about} is made for"
// evaluates = "serves to evaluate what addresses {about}"
// evaluated-by = "is addressed by what is evaluated on {about}"

// `via` is what addresses the task and is evaluated on the dataset. Each way the statement is the nearer one to the answer.
CALL () {
  MATCH (x:Entity {id: $id})<-[r:ADDRESSES]-(answer:Dataset)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'made-for' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})<-[b:ADDRESSES]-(via)
  WHERE coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH via, b.paper AS source
  MATCH (q:Paper {id: source})
  WHERE $year IS NULL OR q.year = $year
  WITH DISTINCT via
  MATCH (via)-[r:EVALUATED_ON]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, via.id AS via_id, CASE WHEN via:Paper THEN via.title ELSE via.name END AS via_name, 'evaluates' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})-[r:ADDRESSES]->(answer)
  WHERE x:Dataset AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'task-of' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})<-[b:EVALUATED_ON]-(via)
  WHERE coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH via, b.paper AS source
  MATCH (q:Paper {id: source})
  WHERE $year IS NULL OR q.year = $year
  WITH DISTINCT via
  MATCH (via)-[r:ADDRESSES]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, via.id AS via_id, CASE WHEN via:Paper THEN via.title ELSE via.name END AS via_name, 'evaluated-by' AS reason
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
