console.log("shelf")
