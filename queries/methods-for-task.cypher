// title = "Which methods there are for a task, or what a method is used for"
// docs = "Methods and models that address a task, those of most papers first; for a method its tasks: said of it, of the paper that introduces it, of what builds on it."
// questions = [
//   "which methods are there for {task}?",
//   "which methods address {task}?",
//   "what addresses {task}?",
//   "which methods are used for {task}?",
//   "what is used for {task}?",
//   "which methods can I use for {task}?",
//   "what can I use for {task}?",
//   "which methods exist for {task}?",
//   "which methods were introduced for {task}?",
//   "what do people use for {task}?",
//   "how is {task} addressed?",
//   "which methods are commonest for {task}?",
//   "commonest methods for {task}",
//   "which methods were there for {task} in {year}?",
//   "which methods of {year} are there for {task}?",
//   "which methods of {year} address {task}?",
//   "methods of {year} for {task}",
//   "methods for {task} in {year}",
//   "methods for {task}",
//   "{task} methods",
//   "what is {method} used for?",
//   "for what is {method} used?",
//   "which tasks is {method} used for?",
//   "for which tasks is {method} used?",
//   "which tasks does {method} address?",
//   "what does {method} address?",
//   "what is {method} for?",
//   "which tasks is {method} for?",
//   "tasks of {method}",
//   "{method} tasks",
//   "how do people address {task}?",
//   "how to address {task}?",
//   "what works for {task}?",
//   "which papers address {task}?",
//   "papers on {task}",
//   "what can {method} be used for?",
//   "for which tasks is {method} suitable?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// shape = "counts"
// unnamed = "unnamed method of {title}"
// tiers = [["addresses", "addressed-by", "addressed-by-introduced"], ["addressed-by-paper"], ["addressed-with"]]
//
// [headings]
// own = ""
// near = "not said of {about} itself, but of its paper or of what builds on it"
//
// [parameters.task]
// families = ["task"]
// help = "the task whose methods are asked for"
//
// [parameters.method]
// families = ["method", "paper"]
// help = "the method, model or paper whose tasks are asked for"
//
// [reasons]
// addresses = "addresses {about}"
// addressed-by = "is addressed by {about}"
// addressed-by-introduced = "is addressed by what {about} introduces"
// addressed-by-paper = "is addressed by the paper that introduces {about}"
// addressed-with = "is addressed by what builds on {about}"

// What a method is used for is seldom said of the method itself: the paper that introduces it says so, and what builds on it.
CALL () {
  MATCH (x:Entity {id: $id})<-[r:ADDRESSES]-(answer)
  WHERE NOT answer:Dataset AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'addresses' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})-[r:ADDRESSES]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'addressed-by' AS reason
UNION ALL
  MATCH (x:Paper {id: $id})-[r:ADDRESSES]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'addressed-by' AS reason
UNION ALL
  MATCH (x:Paper {id: $id})-[b:INTRODUCES]->(via:Entity)
  WHERE coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH DISTINCT via
  MATCH (via)-[r:ADDRESSES]->(answer)
  WHERE r.paper = $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, via.id AS via_id, via.name AS via_name, 'addressed-by-introduced' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})<-[b:INTRODUCES]-(maker:Paper)
  WHERE (x:Method OR x:Model) AND coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH DISTINCT maker
  MATCH (maker)-[r:ADDRESSES]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'addressed-by-paper' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})<-[b:BUILDS_ON]-(via)
  WHERE via.id <> $id AND coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH via, b.paper AS source
  MATCH (q:Paper {id: source})
  WHERE $year IS NULL OR q.year = $year
  WITH DISTINCT via
  MATCH (via)-[r:ADDRESSES]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, via.id AS via_id, CASE WHEN via:Paper THEN via.title ELSE via.name END AS via_name, 'addressed-with' AS reason
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
