// title = "Which datasets are used most"
// docs = "The fifty datasets and benchmarks on which most papers evaluate or train; of all papers, or of those that address a task."
// questions = [
//   "which datasets are used most?",
//   "which datasets were used most in {year}?",
//   "which datasets are used most for {task}?",
//   "which datasets are used most for {task} in {year}?",
//   "which datasets are commonest?",
//   "which datasets are commonest for {task}?",
//   "which datasets were commonest in {year}?",
//   "which datasets are most commonly used?",
//   "which datasets are most commonly used for {task}?",
//   "which datasets do most papers use?",
//   "which datasets do people use most?",
//   "which datasets people use?",
//   "which datasets do most papers on {task} use?",
//   "commonest datasets",
//   "commonest datasets {year}",
//   "commonest {task} datasets",
//   "commonest datasets for {task}",
//   "commonest datasets of {year}",
//   "commonest datasets for {task} in {year}",
//   "which datasets dominate {task}?",
//   "which datasets do people use?",
//   "rank the datasets by use",
//   "datasets by use",
//   "what are the commonest datasets for {task}?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "papers", "papers_of_reason", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// shape = "counts"
// details = ["papers"]
// tiers = [["evaluated-on", "trained-on"]]
//
// [parameters.task]
// families = ["task"]
// required = false
// help = "the task that the papers address"
//
// [reasons]
// evaluated-on = "is used for evaluation"
// trained-on = "is used for training"

// The cut is made here, and of each reason only the surest statement is shown: all papers of a graph may take part.
// What a paper says of a dataset it mentions too: from a task's papers the road over what they mention is the short one.
CALL () {
  MATCH (answer:Entity)<-[r:EVALUATED_ON|TRAINED_ON]-(user)
  WHERE $id IS NULL AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r
UNION ALL
  MATCH (x:Entity {id: $id})<-[a:ADDRESSES]-(head)
  WHERE coalesce(a.rejected, false) = false AND a.confidence >= $min_confidence
  WITH DISTINCT a.paper AS source
  MATCH (p:Paper {id: source})-[:MENTIONS]->(answer:Entity)
  WHERE answer:Dataset
  WITH DISTINCT source, answer
  MATCH (answer)<-[r:EVALUATED_ON|TRAINED_ON]-(user)
  WHERE r.paper = source AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r
}
WITH answer, r, r.paper AS source
MATCH (p:Paper {id: source})
WHERE $year IS NULL OR p.year = $year
WITH answer, p.id AS source, type(r) AS relation, r.statement AS statement ORDER BY r.confidence DESC, r.statement
WITH answer, count(DISTINCT source) AS papers,
  count(DISTINCT CASE WHEN relation = 'EVALUATED_ON' THEN source END) AS evaluating,
  count(DISTINCT CASE WHEN relation = 'TRAINED_ON' THEN source END) AS training,
  collect(CASE WHEN relation = 'EVALUATED_ON' THEN statement END) AS evaluations,
  collect(CASE WHEN relation = 'TRAINED_ON' THEN statement END) AS trainings
ORDER BY papers DESC, answer.id LIMIT 50
WITH answer, papers, evaluating, training, head(evaluations) AS evaluation, head(trainings) AS trained
MATCH (answer)<-[r:EVALUATED_ON|TRAINED_ON]-(user)
WHERE r.statement = evaluation OR r.statement = trained
WITH answer, papers, CASE type(r) WHEN 'EVALUATED_ON' THEN evaluating ELSE training END AS papers_of_reason, r, r.paper AS source
MATCH (p:Paper {id: source})
RETURN answer.id AS answer_id, answer.name AS answer_name, 'Dataset' AS answer_kind,
  CASE type(r) WHEN 'EVALUATED_ON' THEN 'evaluated-on' ELSE 'trained-on' END AS reason,
  '' AS via_id, '' AS via_name, papers, papers_of_reason,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
